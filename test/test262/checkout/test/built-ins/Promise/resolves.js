/*---
description: an asynchronous test
flags: [async]
---*/
Promise.resolve().then(() => $DONE());
