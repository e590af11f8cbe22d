async function f() { await null; g.h(); }
async function k() { await f(); }
await k();
