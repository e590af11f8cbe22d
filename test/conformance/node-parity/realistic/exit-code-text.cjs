process.exitCode = "abc";
