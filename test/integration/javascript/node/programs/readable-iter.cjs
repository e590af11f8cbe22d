const { Readable } = require('stream'); (async()=>{ for await (const x of Readable.from(['a','b'])) console.log(x); })();
