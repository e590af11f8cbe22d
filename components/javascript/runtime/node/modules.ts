import { console } from '../console.ts';
import { typeError } from '../errors.ts';
import { Module } from '../modules/commonjs.ts';
import { resolveFrom } from '../path.ts';
import { state } from '../state.ts';
import { fromFileUrl, toFileUrl } from '../web/file-url.ts';
import { performance } from '../web/performance.ts';
import { builtinNames, registerLazyNode, registerNode } from './registry.ts';

/** Built-in modules that are small enough to share a file. */

registerNode('console', console);
registerNode('module', Module);
registerNode('perf_hooks', { performance });
registerLazyNode('url', () => ({
  URL: globalThis['URL' as never],
  URLSearchParams: globalThis['URLSearchParams' as never],
  fileURLToPath(url: unknown): string {
    const text = typeof url === 'string' ? url : (url as { href?: unknown } | null)?.href;
    if (typeof text !== 'string')
      throw typeError('ERR_INVALID_ARG_TYPE', 'The "path" argument must be of type string or an instance of URL.');
    return fromFileUrl(text);
  },
  pathToFileURL(path: string): unknown {
    const href = toFileUrl(resolveFrom(state.workingDirectory, path));
    const Url = (globalThis as unknown as { URL?: new (href: string) => unknown }).URL;
    return Url === undefined ? { href, toString: () => href } : new Url(href);
  },
}));

Module.builtinModules = builtinNames();
