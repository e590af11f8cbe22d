/*---
description: a script declares globals, which another script sees
includes: [extra.js]
---*/
var here = 1;
assert.sameValue(globalThis.here, 1, "var");
$262.evalScript("var there = here + 1");
assert.sameValue(there, 2, "evalScript");
assert.sameValue(extra, "of extra.js", "include");
