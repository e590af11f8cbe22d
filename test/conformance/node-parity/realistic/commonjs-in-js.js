const fs = require("fs");
console.log(typeof fs.readFileSync, typeof module, this === module.exports);
