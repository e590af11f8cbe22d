process.stderr.write = () => { throw new Error('x'); }; console.error('a'); console.log('ok');
