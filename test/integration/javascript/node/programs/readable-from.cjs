const { Readable } = require('stream'); const r = Readable.from(['a','b']); r.on('data', d=>console.log(d)); r.on('end',()=>console.log('end'));
