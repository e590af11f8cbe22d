/*---
description: without the harness
flags: [raw]
---*/
if (typeof assert !== "undefined") throw new TypeError("the harness is there");
