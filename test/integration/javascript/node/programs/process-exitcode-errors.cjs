for (const v of ['x', 1.5, {}, '3', null]) try { process.exitCode = v; console.log(process.exitCode) } catch (e) { console.log(e.code, e.message) } process.exitCode = 7;
