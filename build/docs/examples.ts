import type { LanguageKind, Limits } from '../../host/src/index.ts';

/** A program of a document, and the output that is shown below it. */
export interface DocExample {
  /** Number of the fence's line. */
  readonly line: number;
  /** The headings that it stands below. */
  readonly section: string;
  readonly code: string;
  /** What the `text` fence below it holds; undefined where there is none. */
  readonly output: string | undefined;
  /** Files of the blocks `file=NAME` before it, below the same heading. */
  readonly files: readonly { readonly name: string; readonly content: string }[];
  /** How the session persists that it shares with the other examples below the same heading; undefined: a run of its own. */
  readonly session: 'workspace' | 'globals' | 'heap' | undefined;
  /** The run does not complete; its stderr is shown as well. */
  readonly fails: boolean;
  readonly stdin: string | undefined;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly limits: Partial<Limits>;
}

const fences: Readonly<Record<LanguageKind, string>> = { javascript: 'js', python: 'python' };
const setting = /(\w+)(?:=(?:"([^"]*)"|(\S+)))?/g;

function settingsOf(info: string): Map<string, string> {
  return new Map([...info.matchAll(setting)].map(([, name = '', quoted, plain]) => [name, quoted ?? plain ?? '']));
}

/**
 * The examples of a document: fences of the language, each with an optional line of settings behind it:
 * `file=NAME`, `session=globals`, `fails`, `stdin="…"`, `args="a b"`, `env="K=V"`, and names of limits. `\n` in a
 * setting is a line break.
 */
export function examplesOf(text: string, language: LanguageKind): DocExample[] {
  const examples: DocExample[] = [];
  let files: { name: string; content: string }[] = [];
  let section = '';
  const lines = text.split('\n');
  const blockAt = (at: number): { body: string; end: number } => {
    const end = lines.indexOf('```', at + 1);
    if (end < 0) throw new Error(`the fence in line ${at + 1} is never closed`);
    return { body: lines.slice(at + 1, end).join('\n'), end };
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (/^#+ /.test(line)) {
      section = line.replace(/^#+ /, '');
      files = [];
    }
    if (!line.startsWith('```')) continue;
    const { body, end } = blockAt(at);
    const [fence, ...info] = line.slice(3).split(' ');
    if (fence === fences[language]) {
      const settings = settingsOf(info.join(' '));
      const get = (name: string): string | undefined => settings.get(name)?.replaceAll('\\n', '\n');
      const file = settings.get('file');
      if (file !== undefined) files = [...files, { name: file, content: `${body}\n` }];
      else {
        let next = end + 1;
        while (lines[next] === '') next++;
        const output = lines[next] === '```text' ? blockAt(next).body : undefined;
        const limits = ['timeMs', 'fuel', 'memoryBytes', 'fileSizeBytes', 'outputBytes'].filter((name) =>
          settings.has(name),
        );
        examples.push({
          ...{ line: at + 1, section, code: `${body}\n`, output, files },
          session: settings.get('session') as DocExample['session'],
          fails: settings.has('fails'),
          stdin: get('stdin'),
          args: (get('args') ?? '').split(' ').filter(Boolean),
          env: Object.fromEntries(
            (get('env') ?? '')
              .split(' ')
              .filter(Boolean)
              .map((pair) => pair.split('=') as [string, string]),
          ),
          limits: Object.fromEntries(limits.map((name) => [name, Number(settings.get(name))])),
        });
      }
    }
    at = end;
  }
  return examples;
}
