const { Readable, Transform, pipeline } = require('stream');
const up = new Transform({ transform(c, e, cb) { cb(null, String(c).toUpperCase()); } });
pipeline(Readable.from(['x', 'y']), up, async function* (src) { for await (const c of src) yield c; }, async (src) => { let all = ''; for await (const c of src) all += c; console.log(all); }, (e) => console.log('done', e));
