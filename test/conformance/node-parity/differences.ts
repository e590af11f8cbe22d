/** Programs of which Node shows something else, with the reason. What stands here must really differ. */
export const differences: Readonly<Record<string, string>> = {};
