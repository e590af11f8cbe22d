const e = new Error("frozen"); Object.freeze(e); throw e;
