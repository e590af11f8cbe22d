throw Object.assign(new Error("multi\nline message"), { code: "E1", extra: [1, { a: 2 }] });
