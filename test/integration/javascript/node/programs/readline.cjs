// stdin: one\ntwo\r\nthree
const rl = require('readline').createInterface({ input: process.stdin }); rl.on('line', (l) => console.log('[' + l + ']')).on('close', () => console.log('closed'));
