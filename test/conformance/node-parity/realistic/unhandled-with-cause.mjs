Promise.reject(new TypeError("unhandled one", { cause: new Error("why") }));
setTimeout(() => console.log("never"), 5);
