// stdin: hello\nworld
const s=process.stdin; console.log(typeof s.on, typeof s[Symbol.asyncIterator]);
s.on('data', d => console.log(String(d))); s.on('end', () => console.log('end'));
