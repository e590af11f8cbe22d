process.stdout.write("no newline"); process.stderr.write("err\n"); console.error("x %s", 1); console.warn({a:1}); process.exitCode = "3";
