console.log(1); throw "text";
