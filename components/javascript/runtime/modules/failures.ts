import { type CodedError, plainError, typeError } from '../errors.ts';
import { append, arrayJoin, define, stringStartsWith, toJson } from '../primordials.ts';
import { toFileUrl } from '../web/file-url.ts';
import type { PackageJson } from './packages.ts';

/** The errors of resolution, in Node's words and with its codes. `base` is the importer's path, '' for `require`. */

const from = (base: string): string => (base === '' ? '' : ` imported from ${base}`);

/** ERR_MODULE_NOT_FOUND of `import`. */
export function moduleNotFound(kind: 'module' | 'package', what: string, base: string): CodedError {
  const error = plainError('ERR_MODULE_NOT_FOUND', `Cannot find ${kind} '${what}'${from(base)}`);
  if (kind === 'module' && stringStartsWith(what, '/')) define(error, 'url', toFileUrl(what));
  return error;
}

/** MODULE_NOT_FOUND of `require`. The stack is that of the modules which required one another. */
export function requireNotFound(request: string, stack: readonly string[] | undefined, more = ''): CodedError {
  const list: string[] = [];
  for (let i = 0; stack !== undefined && i < stack.length; i++) append(list, `\n- ${stack[i] ?? ''}`);
  const where = list.length === 0 ? '' : `\nRequire stack:${arrayJoin(list, '')}`;
  const error = plainError('MODULE_NOT_FOUND', `Cannot find module '${request}'${more}${where}`);
  if (stack !== undefined) define(error, 'requireStack', stack);
  return error;
}

export function invalidSpecifier(request: string, reason: string, base: string): CodedError {
  return typeError('ERR_INVALID_MODULE_SPECIFIER', `Invalid module "${request}" ${reason}${from(base)}`);
}

export function notExported(manifest: PackageJson, subpath: string, base: string): CodedError {
  const what =
    subpath === '.' ? 'No "exports" main defined' : `Package subpath '${subpath}' is not defined by "exports"`;
  return plainError('ERR_PACKAGE_PATH_NOT_EXPORTED', `${what} in ${manifest.directory}/package.json${from(base)}`);
}

export function notDefined(name: string, manifest: PackageJson | undefined, base: string): CodedError {
  const where = manifest === undefined ? '' : ` in package ${manifest.directory}/package.json`;
  return typeError(
    'ERR_PACKAGE_IMPORT_NOT_DEFINED',
    `Package import specifier "${name}" is not defined${where} imported from ${base}`,
  );
}

export function invalidConfig(manifest: PackageJson, importing: string, problem: string): CodedError {
  const where = importing === '' ? '' : ` while importing ${importing}`;
  return plainError(
    'ERR_INVALID_PACKAGE_CONFIG',
    `Invalid package config ${manifest.directory}/package.json${where}. ${problem}`,
  );
}

export function invalidTarget(
  manifest: PackageJson,
  key: string,
  target: unknown,
  table: 'imports' | 'exports',
  base: string,
): CodedError {
  const isRelative = typeof target !== 'string' || target === '' || stringStartsWith(target, './');
  const hint = table === 'exports' && !isRelative ? '; targets must start with "./"' : '';
  const config = `in the package config ${manifest.directory}/package.json${from(base)}${hint}`;
  const what = key === '.' ? `"${table}" main target` : `"${table}" target`;
  const defined = key === '.' ? 'defined' : `defined for '${key}'`;
  return plainError('ERR_INVALID_PACKAGE_TARGET', `Invalid ${what} ${toJson(target)} ${defined} ${config}`);
}
