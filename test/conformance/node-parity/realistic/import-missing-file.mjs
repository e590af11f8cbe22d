import x from "./missing.mjs"; console.log(x);
