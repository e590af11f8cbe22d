setTimeout(() => { process.exit(); }, 1); process.exitCode = 6; setInterval(() => {}, 1000);
 console.log(1)