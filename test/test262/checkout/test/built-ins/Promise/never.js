/*---
description: fails, on purpose, the test never ends
flags: [async, noStrict]
---*/
new Promise(() => {}).then(() => $DONE());
