throw { a: 1, toString() { return "obj"; } };
