/*---
description: fails, on purpose
flags: [noStrict]
---*/
assert.sameValue(1, 2, "numbers");
