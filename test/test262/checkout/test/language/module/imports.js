/*---
description: a module that imports another one, and itself
flags: [module]
---*/
import { value } from "./value_FIXTURE.js";
import * as self from "./imports.js";
export const own = 2;
assert.sameValue(value, 1, "imported");
assert.sameValue(self.own, 2, "itself");
