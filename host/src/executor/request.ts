import type { EngineJob, JobFile } from '../engine/index.ts';
import { ExecError, emptyReport, InvalidRequestError } from '../errors.ts';
import { checkLimits, type Limits } from '../limits.ts';
import type { ExecRequest, FileInput } from '../types.ts';
import {
  checkArgs,
  checkEnv,
  checkFields,
  checkFile,
  checkLanguage,
  checkSignal,
  checkStdin,
  checkString,
  decodeFile,
} from './fields.ts';
import { checkMounts, decodeMounts } from './mounts.ts';
import { checkTree, quote, workspace } from './names.ts';

const requestFields = [
  'language',
  'version',
  'files',
  'stdin',
  'args',
  'env',
  'mounts',
  'limits',
  'signal',
] as const satisfies (keyof ExecRequest)[];

/**
 * Checks a request from outside and decodes its files.
 *
 * @param defaults the limits where the request names none.
 * @throws {InvalidRequestError} for a malformed request, naming the field.
 * @throws {ExecError} `unsupported-language`; `compilation-failed` for text that is not valid in its encoding;
 * `resource-exceeded` for more than `inputBytes`, or files that do not fit into the workspace.
 */
export function prepareRun(request: ExecRequest, defaults: Limits): EngineJob {
  checkFields(request, requestFields);
  const limits = { ...defaults, ...checkLimits(request.limits, 'limits') };
  const language = checkLanguage(request.language);
  if (request.version !== undefined) checkString(request.version, 'version');
  checkSignal(request.signal);
  const paths = checkFiles(request.files);
  const mounts = checkMounts(request.mounts, paths);
  const args = checkArgs(request.args);
  const env = checkEnv(request.env);
  const stdin = checkStdin(request.stdin);
  const brought = [...request.files, ...mounts.flatMap((mount) => mount.files)];
  checkInputBytes(brought, args, env, stdin, limits.inputBytes);
  const files = request.files.map((file, index) => ({ path: paths[index] ?? '', bytes: decodeFile(file) }));
  checkQuotas(files, limits);
  const entry = files[0];
  if (entry === undefined) throw new InvalidRequestError('files', 'expected at least one file: the program');
  return {
    language,
    workspace: { kind: 'files', files },
    mounts: decodeMounts(mounts),
    keepWorkspace: false,
    folder: workspace,
    entrypoint: entry.path.slice(workspace.length + 1),
    args,
    env,
    stdin,
    limits,
  };
}

/** @returns the absolute guest paths of the files. */
function checkFiles(files: unknown): string[] {
  if (!Array.isArray(files) || files.length === 0) {
    throw new InvalidRequestError('files', 'expected at least one file, { name, content }; the first is the program');
  }
  const paths = (files as unknown[]).map((file, index) => checkFile(file, `files[${index}]`));
  checkTree(paths, 'files');
  return paths;
}

/** The files of a request must fit into the workspace they are written to. */
function checkQuotas(files: readonly JobFile[], limits: Limits): void {
  const exceeded = (limit: 'files' | 'fileSizeBytes' | 'workspaceBytes', actual: number, what: string): void => {
    if (actual <= limits[limit]) return;
    const message = `${what}: ${actual}, and limits.${limit} is ${limits[limit]}; send less or raise it`;
    throw new ExecError('resource-exceeded', message, emptyReport, { reason: limit, limit: limits[limit], actual });
  };
  exceeded('files', files.length, 'the number of files');
  for (const { path, bytes } of files) exceeded('fileSizeBytes', bytes.length, `the size of ${quote(path)}`);
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  exceeded('workspaceBytes', total, 'the size of all files');
}

/** @throws {ExecError} `resource-exceeded` for more than `limit` bytes. */
export function checkInputBytes(
  files: readonly FileInput[],
  args: readonly string[],
  env: readonly (readonly [string, string])[],
  stdin: Uint8Array,
  limit: number,
): void {
  // Strings count at their UTF-16 length: a bound that is cheap to have before anything is decoded.
  let total = stdin.length;
  for (const { name, content } of files) total += name.length + content.length;
  for (const arg of args) total += arg.length;
  for (const [name, value] of env) total += name.length + value.length;
  if (total <= limit) return;
  const message = `the request holds ${total} bytes of input and the limit is ${limit}; send less or raise limits.inputBytes`;
  throw new ExecError('resource-exceeded', message, emptyReport, { reason: 'input', limit, actual: total });
}
