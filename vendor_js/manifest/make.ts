import type { PackageMethod } from '../../host/src/vendor/index.ts';
import type { JavaScriptPackage } from './types.ts';

type Draft = Omit<JavaScriptPackage, 'importPattern' | 'importNames' | 'methods'> & {
  /** Other names of it. */
  readonly aliases?: readonly string[];
  /** Name of the variable in the import pattern; default: the package's in camelCase. */
  readonly variable?: string;
  /** Signature, description, example. */
  readonly methods: Readonly<Record<string, readonly [signature: string, description: string, example?: string]>>;
};

export function define({ aliases = [], variable, methods, ...draft }: Draft): JavaScriptPackage {
  const name = variable ?? draft.name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const entries = Object.entries(methods).map(([key, [signature, description, example]]): [string, PackageMethod] => [
    key,
    { signature, description, ...(example === undefined ? {} : { example }) },
  ]);
  return {
    ...draft,
    importPattern: `const ${name} = requireVendor('${draft.name}')`,
    importNames: [draft.name, ...aliases],
    methods: Object.fromEntries(entries),
  };
}
