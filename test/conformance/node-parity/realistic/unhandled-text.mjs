Promise.reject("a string");
