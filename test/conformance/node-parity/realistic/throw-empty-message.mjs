const e = new Error(""); throw e;
