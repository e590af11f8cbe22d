console.log(1); require("./gone");
