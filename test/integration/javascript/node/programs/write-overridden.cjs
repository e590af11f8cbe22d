const w = process.stdout.write; const got = []; process.stdout.write = (s) => { got.push(s); return true; }; console.log('captured', 1); process.stdout.write = w; console.log(got);
