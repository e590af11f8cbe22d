/** `util.promisify.custom`: under this key a function says how it is called for a promise. */
export const customPromisify: unique symbol = Symbol.for('nodejs.util.promisify.custom') as never;
