class E extends Error { get name() { return "Getter"; } }
throw new E("m");
