import type { LanguageKind } from '../types.ts';

/** The exception that ended a program, as its interpreter wrote it on standard error. */
export interface UncaughtException {
  readonly name: string;
  readonly message: string;
  /** `ENOENT` and the like, in JavaScript; in Python the words of the operating system. */
  readonly code?: string;
  readonly path?: string;
  /** Where the program's own code was last. */
  readonly line?: number;
  /** That line of the program, as the interpreter shows it. */
  readonly source?: string;
  /** The frames below it: files and functions. */
  readonly stack: string;
  /** Whether the program made the exception itself, with `raise` or `throw`: what its name and words say is then the program's. */
  readonly own: boolean;
}

/** Characters at the end of standard error that are looked at. */
const tail = 64 * 1024;
/** Characters of a program's line that are repeated. */
const mostSource = 500;

/**
 * The last uncaught exception. What stands before it the program may have printed itself; what an interpreter writes of
 * an exception that nobody caught is the last thing.
 */
export function uncaughtException(stderr: string, language: LanguageKind): UncaughtException | undefined {
  const text = stderr.slice(-tail);
  return language === 'python' ? pythonException(text) : javascriptException(text);
}

/** CPython: `Traceback (most recent call last):`, indented frames, `Name: message` and further lines of the message. */
function pythonException(stderr: string): UncaughtException | undefined {
  const text = ungrouped(stderr);
  const begin = text.lastIndexOf('Traceback (most recent call last):\n');
  const lines = (begin === -1 ? text : text.slice(begin)).split('\n');
  const at = lines.findIndex((line, index) => (begin === -1 || index > 0) && /^[^\s:][^\s:]*(:|$)/.test(line));
  const header = lines[at];
  if (at === -1 || header === undefined) return undefined;
  const colon = header.indexOf(': ');
  const message = [colon === -1 ? '' : header.slice(colon + 2), ...lines.slice(at + 1)].join('\n').trimEnd();
  const frames = lines.slice(0, at);
  const inProgram = frames.findLastIndex((frame) => frame.startsWith('  File "/app/'));
  const own = frames[inProgram] ?? frames.find((frame) => frame.startsWith('  File "'));
  const line = /, line (\d+)/.exec(own ?? '')?.[1];
  const source = inProgram === -1 ? undefined : /^ {4}(\S.*)$/.exec(frames[inProgram + 1] ?? '')?.[1];
  const isLast = inProgram === frames.findLastIndex((frame) => frame.startsWith('  File "'));
  // [Errno 44] No such file or directory: '/etc/passwd'
  const errno = /^\[Errno \d+\] ([^:]*)(?:: (['"].*))?/.exec(message.split('\n')[0] ?? '');
  const path = errno?.[2] === undefined ? undefined : unquoted(errno[2].split(' -> ').at(-1) ?? '');
  return {
    name: colon === -1 ? header.replace(/:$/, '') : header.slice(0, colon),
    message,
    ...(errno?.[1] === undefined ? {} : { code: errno[1] }),
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(source === undefined ? {} : { source: source.slice(0, mostSource) }),
    stack: frames.join('\n'),
    own: isLast && /(^|[:;]\s*)raise\s+\S/.test(source ?? ''),
  };
}

/** The traceback of a group of exceptions as that of one exception, whose message names those in it. */
function ungrouped(text: string): string {
  const begin = text.lastIndexOf('  + Exception Group Traceback (most recent call last):\n');
  if (begin === -1) return text;
  const lines = text.slice(begin).split('\n');
  const inside = lines.findIndex((line) => line.startsWith('  +-+-'));
  if (inside === -1) return text;
  // The last line of each exception in it stands before a line of dashes.
  const parts = lines.flatMap((line, at) =>
    /^ {4}\+-+/.test(lines[at + 1] ?? '') ? [line.replace(/^[ |]+/, '').slice(0, 200)] : [],
  );
  const group = lines.slice(0, inside).map((line) => line.replace(/^ {2}[|+] ?/, ''));
  return `${group.join('\n').replace('Exception Group Traceback', 'Traceback')}: ${parts.slice(0, 5).join('; ')}\n`;
}

/**
 * A place in the program's own code. Where another path begins the first one ends: a text that is full of them would else be
 * looked through from each.
 */
const ownFrame = /\/app\/(?:(?!\/app\/)[^\n:])*:(\d+)/;

/** As Node writes it: `Name [CODE]: message`, `    at …` lines, and the error's own properties in braces. */
function javascriptException(text: string): UncaughtException | undefined {
  const lines = text.split('\n');
  const firstFrame = lines.findLastIndex(
    (line, index) => line.startsWith('    at ') && lines[index - 1]?.startsWith('    at ') !== true,
  );
  const before = firstFrame === -1 ? lines : lines.slice(0, firstFrame);
  const at = before.findLastIndex(
    (line) => /^(Uncaught )?[A-Za-z_$][\w$.]*( \[\w+\])?: /.test(line) || /^[A-Z][\w$]*Error$/.test(line),
  );
  const header = before[at];
  if (header === undefined) return undefined;
  const [, name = '', code, first = ''] = /^(?:Uncaught )?([\w$.]+)(?: \[(\w+)\])?(?:: (.*))?$/.exec(header) ?? [];
  const rest = lines.slice(firstFrame === -1 ? at + 1 : firstFrame).join('\n');
  const shown = before.findLastIndex((line) => /^\/app\/[^:]*:\d+$/.test(line));
  const own = ownFrame.exec(rest)?.[1] ?? /:(\d+)$/.exec(before[shown] ?? '')?.[1];
  const source = shown === -1 ? undefined : before[shown + 1]?.trim();
  const property = (key: string): string | undefined => {
    const found = new RegExp(`^ {2}${key}: ('.*'|".*"),?$`, 'm').exec(rest)?.[1];
    return found === undefined ? undefined : unquoted(found);
  };
  const errno = property('code') ?? code;
  const path = property('path');
  return {
    name,
    // Without frames its own properties follow at once.
    message: first.endsWith(' {') ? first.slice(0, -2) : [first, ...before.slice(at + 1)].join('\n').trimEnd(),
    ...(errno === undefined ? {} : { code: errno }),
    ...(path === undefined ? {} : { path }),
    ...(own === undefined ? {} : { line: Number(own) }),
    ...(source === undefined ? {} : { source: source.slice(0, mostSource) }),
    stack: rest,
    own:
      /^ {4}at (?:.* \()?(?:file:\/\/)?\/app\//.test(rest) &&
      /\bthrow\b|\bnew\s+[\w$.]*(?:Error|Exception)\b/.test(source ?? ''),
  };
}

/** The text of a quoted string as both languages write one; escapes beyond the quotes are left as they are. */
function unquoted(text: string): string {
  const quote = text[0];
  if ((quote !== "'" && quote !== '"') || !text.endsWith(quote) || text.length < 2) return text;
  return text.slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\');
}
