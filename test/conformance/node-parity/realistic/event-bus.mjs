import EventEmitter, { once, on, errorMonitor, captureRejectionSymbol, getEventListeners, setMaxListeners } from 'node:events';
class Bus extends EventEmitter { emit(name, ...a) { console.log('->', String(name), a.length); return super.emit(name, ...a); } }
const b = new Bus(); b.on('x', function (v) { console.log('x', v, this === b); }); b.prependListener('x', () => console.log('first')); b.once('x', () => console.log('once'));
b.emit('x', 1); b.emit('x', 2); console.log(b.emit('nobody'), b.listenerCount('x'), b.eventNames(), b.rawListeners('x').length);
const p = once(b, 'y'); b.emit('y', 1, 2); console.log(await p);
setTimeout(() => { b.emit('z', 'a'); b.emit('z', 'b'); b.emit('stop'); }); for await (const [v] of on(b, 'z', { close: ['stop'] })) console.log('got', v);
b.on(errorMonitor, (e) => console.log('monitor', e.message)); try { b.emit('error', new Error('unheard')); } catch (e) { console.log('thrown', e.message); }
try { new EventEmitter().emit('error', { not: 'error' }); } catch (e) { console.log(e.code, e.message, e.context); }
try { b.on('x', 5); } catch (e) { console.log(e.code, e.message); }
const c = new EventEmitter({ captureRejections: true }); c.on('a', async () => { throw new Error('async'); }); c.on('error', (e) => console.log('captured', e.message)); c.emit('a'); await null; await null; await new Promise(setImmediate);
const ac = new AbortController(); const op = once(b, 'never', { signal: ac.signal }); ac.abort(); await op.catch((e) => console.log(e.name, e.code));
b.on('newListener', (n, f) => console.log('new', n, typeof f)); b.on('removeListener', (n) => console.log('rem', n)); const f = () => {}; b.on('q', f); b.off('q', f); b.removeAllListeners('x');
const et = new EventTarget(); et.addEventListener('hi', (e) => { console.log(e.type, e.detail, e.defaultPrevented, e.cancelable); e.preventDefault(); }, { once: true }); console.log(et.dispatchEvent(new CustomEvent('hi', { detail: 5, cancelable: true })), et.dispatchEvent(new Event('hi')));
console.log(getEventListeners(b, 'newListener').length, EventEmitter.defaultMaxListeners, new EventEmitter());
new EventEmitter().emit('error', new RangeError('final uncaught'));
