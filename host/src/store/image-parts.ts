import { isHeapImage } from '../engine/index.ts';
import { InvalidRequestError } from '../errors.ts';
import type { SessionImage } from '../types.ts';
import {
  checkRecord,
  damaged,
  decodeContent,
  decodePrefix,
  encodeContainer,
  type Layout,
  prefixBytes,
} from './container.ts';
import { decodeHeap, encodeHeap } from './heap-part.ts';
import { decodeJson, encodeJson } from './json.ts';
import { contentsOf, decodeTree, encodeTree } from './tree-part.ts';

/** What of an image is known without its files and its heap. */
export type ImageHead = Omit<SessionImage, 'version' | 'files' | 'heap'>;

/** What the record holds: the image's head, and what a store knows of it. */
export interface ImageRecord<Stored = unknown> extends ImageHead {
  readonly stored?: Stored;
}

/**
 * A session's image as bytes, for a file or a message: versioned, checksummed, and tied to the component that a heap is of.
 *
 * @throws {InvalidRequestError} for an image that is malformed.
 *
 * @example
 * await writeFile('notes.session', encodeImage(await session.snapshot()));
 */
export function encodeImage(image: SessionImage): Uint8Array {
  const parts = encodeParts(checkedImage(image));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What is given by mistake is told so. What an image says is for `Executor.restore` to check. */
function checkedImage(image: unknown): SessionImage {
  const { files } = (image ?? {}) as Partial<SessionImage>;
  if (Array.isArray(files?.entries)) return image as SessionImage;
  throw new InvalidRequestError('image', 'expected what Session.snapshot gave');
}

/**
 * The image that {@link encodeImage} made the bytes of. The bytes are copied. What the image says is checked by `Executor.restore`; that the heap is of the component at hand, by the first run.
 *
 * @throws {StoreError} `damaged` for bytes that are not all as they were written; `version` for a format of another version.
 *
 * @example
 * await using session = await executor.restore(decodeImage(await readFile('notes.session')));
 */
export function decodeImage(bytes: Uint8Array): SessionImage {
  if (!(bytes instanceof Uint8Array)) throw new InvalidRequestError('bytes', 'expected the bytes of an image');
  // Another thread may change them meanwhile, and beside them in their buffer may be what is none of a session's affair.
  const own = new Uint8Array(bytes);
  const layout = decodePrefix(own.subarray(0, prefixBytes), own.length);
  const contentAt = prefixBytes + layout.recordBytes;
  return decodeParts(layout, decodeRecord(layout, own.subarray(prefixBytes, contentAt)), own.subarray(contentAt));
}

/**
 * The bytes of an image in pieces.
 *
 * @param stored what a store knows of it.
 */
export function encodeParts(image: SessionImage, stored?: object): Uint8Array[] {
  const { language, persist, workingDir, limits, env, files, heap } = image;
  if (heap !== undefined && (!isHeapImage(heap) || !/^[0-9a-f]{64}$/.test(heap.component))) {
    throw new InvalidRequestError('image.heap', 'malformed; expected what Session.snapshot gave');
  }
  const contents = contentsOf(files);
  if (!contents.every((bytes) => bytes instanceof Uint8Array)) {
    throw new InvalidRequestError('image.files', 'malformed; expected what Session.snapshot gave');
  }
  const record: ImageRecord = {
    language,
    persist,
    workingDir,
    limits,
    env,
    ...(stored === undefined ? {} : { stored }),
  };
  return encodeContainer({
    record: encodeJson(record),
    tree: encodeTree(files),
    heap: heap === undefined ? new Uint8Array(0) : encodeHeap(heap),
    data: [...contents, ...(heap?.memories.map(({ bytes }) => bytes) ?? [])],
    component: heap?.component,
  });
}

/** @throws {StoreError} `damaged`. */
export function decodeRecord(layout: Layout, bytes: Uint8Array): ImageRecord {
  checkRecord(layout, bytes);
  const record = decodeJson(bytes);
  if (typeof record !== 'object' || record === null) throw damaged('its record is malformed');
  return record as ImageRecord;
}

/** @throws {StoreError} `damaged`. */
export function decodeParts(layout: Layout, record: ImageHead, content: Uint8Array): SessionImage {
  const { tree, heap, data } = decodeContent(layout, content);
  const { tree: files, used } = decodeTree(tree, data);
  const { language, persist, workingDir, limits, env } = record;
  const head = { version: 1, language, persist, workingDir, limits, env, files } as const;
  if (layout.component !== undefined) return { ...head, heap: decodeHeap(heap, data.subarray(used), layout.component) };
  if (used !== data.length) throw damaged('its list of files is malformed');
  return head;
}
