import { Readable, Transform, Writable, PassThrough, Duplex, pipeline as cb, compose } from 'node:stream';
import { pipeline, finished } from 'node:stream/promises';
import { createGzip, gunzipSync } from 'node:zlib';
class Upper extends Transform { _transform(c, e, cb) { cb(null, c.toString().toUpperCase()); } _flush(cb) { this.push('!end'); cb(); } }
const chunks = [];
await pipeline(Readable.from(['a', 'b', 'c']), new Upper(), async function* (src) { for await (const c of src) yield `<${c}>`; }, new Writable({ write(c, e, cb) { chunks.push(c.toString()); cb(); } }));
console.log(chunks);
const gz = []; await pipeline(Readable.from([Buffer.from('hello '), Buffer.from('world')]), createGzip(), async (src) => { for await (const c of src) gz.push(c); });
console.log(gunzipSync(Buffer.concat(gz)).toString());
console.log(await Readable.from([1, 2, 3, 4]).filter((x) => x % 2).map(async (x) => x * 10).toArray());
console.log(await Readable.from([1, 2, 3]).reduce((a, b) => a + b, 0), await Readable.from([3]).some((x) => x > 2), await Readable.from([1,2,3,4]).drop(1).take(2).toArray());
try { await pipeline(Readable.from((function* () { yield 1; throw new Error('bad source'); })()), new PassThrough({ objectMode: true }), new Writable({ objectMode: true, write(c, e, cb) { cb(); } })); } catch (e) { console.log('caught', e.message); }
const r = new Readable({ read() {} }); r.push('x'); r.push(null); r.on('end', () => console.log('end')).on('close', () => console.log('close')); r.on('data', (d) => console.log('data', d)); await finished(r);
const w = new Writable({ highWaterMark: 3, write(c, e, cb) { setImmediate(cb); } }); console.log(w.write('ab'), w.write('cd'), w.writableLength, w.writableNeedDrain); w.once('drain', () => console.log('drain')); await new Promise((s) => w.end('z', s)); console.log(w.writableFinished);
const d = Duplex.from(async function* (s) { for await (const c of s) yield String(c).repeat(2); }); d.end('q'); for await (const c of d) console.log(String(c));
w.on('error', (e) => console.log(e.code, e.message)); w.write('late');
let failure; cb(Readable.from(['1']), new Writable({ write(c, e, cb) { cb(new RangeError('sink')); } }), (e) => { failure = ['cb', e.name, e.message]; });
const ac = new AbortController(); const p = pipeline(new Readable({ read() {} }), new PassThrough(), { signal: ac.signal }); ac.abort(); await p.catch((e) => console.log(e.name, e.code)); await new Promise((r) => setTimeout(r, 5));
console.log(failure, new PassThrough().readable, Readable.from('abc').readableObjectMode);
const rr = new Readable({ read() {} }); rr.push('a'); rr.push('b'); console.log(String(rr.read()), rr.readableLength, String(rr.read()), rr.read());
const rs = new Readable({ read() {}, encoding: 'utf8' }); rs.push('a'); rs.push('b'); console.log(rs.read());
const pt = new PassThrough(); pt.write('x'); pt.write('y'); pt.end('z'); for await (const c of pt) console.log(String(c));
const pr = new PassThrough(); pr.write('xx'); pr.write('yy'); pr.end('zz'); pr.on('readable', () => { let c; while ((c = pr.read()) !== null) console.log('r', String(c)); }); pr.on('end', () => console.log('end of pr'));
