/*---
description: only in sloppy mode
flags: [noStrict]
---*/
assert.sameValue((function () { return this === globalThis; })(), true, "this");
