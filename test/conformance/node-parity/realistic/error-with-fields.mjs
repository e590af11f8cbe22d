// uncaught errors: custom class with fields and cause
class AppError extends Error { constructor(m, opts) { super(m, opts); this.name = 'AppError'; this.code = 'E_APP'; this.details = { retry: false, list: [1, 2] }; } }
function inner() { throw new AppError('inner failed', { cause: new TypeError('root', { cause: 'string cause' }) }); }
try { inner(); } catch (e) { console.log(e.name, e.code, e instanceof AppError, Object.keys(e), e.toString(), JSON.stringify(e)); console.error(e); console.log(String(e.stack.split('\n')[1]).includes('inner')); }
console.log(new AggregateError([new Error('a'), 5], 'agg').errors.length);
process.on('exit', (c) => console.log('exit', c, process.exitCode));
inner();
