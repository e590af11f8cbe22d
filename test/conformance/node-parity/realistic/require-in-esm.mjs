const fs = require("fs");
console.log(1);
