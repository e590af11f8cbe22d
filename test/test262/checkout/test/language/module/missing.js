/*---
description: an import that cannot be linked
flags: [module]
negative: { phase: resolution, type: SyntaxError }
---*/
import { absent } from "./value_FIXTURE.js";
