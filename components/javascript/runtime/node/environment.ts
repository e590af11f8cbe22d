import { define } from '../primordials.ts';

/** Of the proxy that `process.env` is: values are text, whatever is assigned. In Node it is no proxy, and shown as none. */
export const environmentHandler: ProxyHandler<Record<string, string>> = {
  set(target, key, value) {
    define(target, key, typeof key === 'symbol' ? value : `${value as string}`);
    return true;
  },
  defineProperty(target, key, descriptor) {
    return Reflect.defineProperty(target, key, descriptor);
  },
};
