process.on("exit", () => { process.exit(9); }); console.log("a"); process.exit(2); console.log("b");
