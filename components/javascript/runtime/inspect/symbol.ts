/** `Symbol.for('nodejs.util.inspect.custom')`: an object's own way of being shown. */
export const customInspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;
