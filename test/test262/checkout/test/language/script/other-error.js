/*---
description: fails, on purpose, another error comes than the one that is expected
negative: { phase: runtime, type: TypeError }
flags: [noStrict]
---*/
throw new RangeError("this one");
