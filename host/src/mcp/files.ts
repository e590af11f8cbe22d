import type { ContentBlock } from '@modelcontextprotocol/sdk/types.js';
import type { Sandbox } from '../sandbox/index.ts';
import type { FileInfo } from '../types.ts';

/** Beginning of the addresses of files: `golem-exec://SESSION/app/PATH`. */
export const scheme = 'golem-exec';
/** Links to files in one result; more are in `files_created`. */
const mostLinks = 50;
/** Images in one result, and bytes of each; larger ones are links only. */
const mostImages = 4;
const mostImageBytes = 1024 * 1024;

const types: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  css: 'text/css',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown',
  mjs: 'text/javascript',
  pdf: 'application/pdf',
  png: 'image/png',
  py: 'text/x-python',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  webp: 'image/webp',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  zip: 'application/zip',
};

/** What a file is, by its name. */
export function mimeType(path: string): string {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(types, ending) ? (types[ending] ?? '') : 'application/octet-stream';
}

/** The address of a file; `path` is absolute. */
export function fileUri(session: string, path: string): string {
  return `${scheme}://${session}${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** Links to the files that a program made or changed, and those of them that are pictures. */
export async function fileBlocks(sandbox: Sandbox, paths: readonly string[]): Promise<ContentBlock[]> {
  if (paths.length === 0) return [];
  const files = new Map((await sandbox.listFiles('/app')).map((file) => [file.path, file]));
  const found = paths
    .flatMap((path) => files.get(path) ?? [])
    .filter(({ kind, path }) => kind === 'file' && path !== '/app/.session_state.json');
  const blocks: ContentBlock[] = found.slice(0, mostLinks).map((file) => linkTo(sandbox.sessionId, file));
  let images = 0;
  for (const { path, size } of found) {
    if (images === mostImages) break;
    if (!/^image\/(png|jpeg|gif|webp)$/.test(mimeType(path)) || size > mostImageBytes) continue;
    const bytes = await sandbox.readFile(path);
    const type = imageType(bytes);
    if (type === undefined) continue;
    blocks.push({ type: 'image', data: Buffer.from(bytes).toString('base64'), mimeType: type });
    images++;
  }
  return blocks;
}

export function linkTo(session: string, { path, size }: FileInfo): ContentBlock & { type: 'resource_link' } {
  return {
    type: 'resource_link',
    uri: fileUri(session, path),
    name: path.slice('/app/'.length),
    mimeType: mimeType(path),
    size,
  };
}

/** What an image is by its first bytes, whatever its name says. */
function imageType(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  return head.startsWith('RIFF') && head.slice(8) === 'WEBP' ? 'image/webp' : undefined;
}

/** Bytes as text where they are UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
