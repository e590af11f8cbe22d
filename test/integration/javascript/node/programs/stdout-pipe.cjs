const { Readable } = require('stream'); Readable.from(['one\n', 'two\n']).pipe(process.stdout); console.log(process.stdout instanceof require('stream').Writable, process.stdout.writable);
