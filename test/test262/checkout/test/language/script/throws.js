/*---
description: an error that is expected
negative: { phase: runtime, type: RangeError }
---*/
[].length = -1;
