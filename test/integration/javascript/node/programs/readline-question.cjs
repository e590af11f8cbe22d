// stdin: Bob\n42\n
const rl = require('readline').createInterface({ input: process.stdin, output: process.stdout }); rl.question('name? ', (n) => { console.log('hi ' + n); rl.question('age? ', (a) => { console.log(a); rl.close(); }); });
