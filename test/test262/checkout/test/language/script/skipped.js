/*---
description: of a feature that the engine does not have
features: [Temporal]
flags: [noStrict]
---*/
Temporal.Now.instant();
