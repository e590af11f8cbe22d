// stdin: one\ntwo\nthree\n
const rl = require('readline').createInterface({ input: process.stdin, crlfDelay: Infinity }); (async () => { for await (const l of rl) console.log(l); console.log('end'); })();
