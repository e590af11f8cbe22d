import { invalidArgument, typeError } from '../../errors.ts';
import { isArray } from '../../primordials.ts';
import { process } from '../process.ts';

/** `util.parseArgs`. */

interface OptionConfig {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  default?: unknown;
}

interface Config {
  args?: readonly string[];
  options?: Record<string, OptionConfig>;
  strict?: boolean;
  allowPositionals?: boolean;
  allowNegative?: boolean;
  tokens?: boolean;
}

type Token =
  | {
      kind: 'option';
      name: string;
      rawName: string;
      index: number;
      value: string | undefined;
      inlineValue: boolean | undefined;
    }
  | { kind: 'positional'; index: number; value: string }
  | { kind: 'option-terminator'; index: number };

function checkOptions(options: Record<string, OptionConfig>): void {
  for (const [name, option] of Object.entries(options)) {
    const at = `options.${name}`;
    if (typeof option !== 'object' || option === null) throw invalidArgument(at, 'of type object', option);
    if (option.type !== 'string' && option.type !== 'boolean')
      throw typeError(
        'ERR_INVALID_ARG_TYPE',
        `The "${at}.type" property must be ('string|boolean'). Received ${shown(option.type)}`,
      );
    if (option.short !== undefined && (typeof option.short !== 'string' || option.short.length !== 1))
      throw typeError(
        'ERR_INVALID_ARG_VALUE',
        `The property '${at}.short' must be a single character. Received '${option.short}'`,
      );
  }
}

function shown(value: unknown): string {
  return value === undefined ? 'undefined' : `type ${typeof value} ('${value as string}')`;
}

/** The arguments one by one: options with their values, positionals, and `--`. */
function tokenize(args: readonly string[], options: Record<string, OptionConfig>): Token[] {
  const tokens: Token[] = [];
  const byShort = (letter: string): string =>
    Object.keys(options).find((name) => options[name]?.short === letter) ?? letter;
  const wantsValue = (name: string): boolean => options[name]?.type === 'string';
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    const next = args[index + 1];
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (let at = index + 1; at < args.length; at++)
        tokens.push({ kind: 'positional', index: at, value: args[at] ?? '' });
      break;
    }
    if (/^--[^=]/.test(arg)) {
      const equals = arg.indexOf('=', 3);
      const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
      const takesNext = equals < 0 && wantsValue(name) && next !== undefined;
      const value = equals >= 0 ? arg.slice(equals + 1) : takesNext ? next : undefined;
      tokens.push({
        kind: 'option',
        name,
        rawName: `--${name}`,
        index,
        value,
        inlineValue: value === undefined ? undefined : equals >= 0,
      });
      if (takesNext) index++;
    } else if (arg.length > 1 && arg[0] === '-') {
      for (let at = 1; at < arg.length; at++) {
        const letter = arg[at] ?? '';
        const name = byShort(letter);
        const rawName = `-${letter}`;
        if (wantsValue(name) && at + 1 < arg.length) {
          tokens.push({ kind: 'option', name, rawName, index, value: arg.slice(at + 1), inlineValue: true });
          break;
        }
        const takesNext = wantsValue(name) && next !== undefined;
        tokens.push({
          kind: 'option',
          name,
          rawName,
          index,
          value: takesNext ? next : undefined,
          inlineValue: takesNext ? false : undefined,
        });
        if (takesNext) index++;
      }
    } else tokens.push({ kind: 'positional', index, value: arg });
  }
  return tokens;
}

function checkToken(token: Token & { kind: 'option' }, options: Record<string, OptionConfig>, config: Config): void {
  const option = options[token.name];
  const spelled = option?.short === undefined ? `--${token.name}` : `-${option.short}, --${token.name}`;
  if (option === undefined) {
    const hint = config.allowPositionals
      ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${token.rawName}"`
      : '';
    throw typeError('ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${token.rawName}'${hint}`);
  }
  if (option.type === 'string' && token.value === undefined)
    throw typeError('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${spelled} <value>' argument missing`);
  if (option.type === 'boolean' && token.value !== undefined)
    throw typeError('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${spelled}' does not take an argument`);
  if (
    option.type === 'string' &&
    token.inlineValue === false &&
    (token.value ?? '').length > 1 &&
    token.value?.[0] === '-'
  ) {
    const example = token.rawName.startsWith('--')
      ? `'${token.rawName}=-XYZ'`
      : `'--${token.name}=-XYZ' or '${token.rawName}-XYZ'`;
    throw typeError(
      'ERR_PARSE_ARGS_INVALID_OPTION_VALUE',
      `Option '${token.rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${token.rawName}'?\nTo specify an option argument starting with a dash use ${example}.`,
    );
  }
}

export function parseArgs(config: Config = {}): Record<string, unknown> {
  const options = config.options ?? {};
  const strict = config.strict !== false;
  const allowPositionals = config.allowPositionals ?? !strict;
  if (config.args !== undefined && !isArray(config.args))
    throw invalidArgument('args', 'an instance of Array', config.args);
  checkOptions(options);
  const tokens = tokenize(config.args ?? process.argv.slice(2), options);
  const values = Object.create(null) as Record<string, unknown>;
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      if (!allowPositionals)
        throw typeError(
          'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL',
          `Unexpected argument '${token.value}'. This command does not take positional arguments`,
        );
      positionals.push(token.value);
      continue;
    }
    const positive = token.name.startsWith('no-') ? token.name.slice(3) : token.name;
    const negates = config.allowNegative && positive !== token.name && options[positive]?.type === 'boolean';
    if (strict && !negates) checkToken(token, options, { ...config, allowPositionals });
    const name = negates ? positive : token.name;
    token.name = name;
    if (name === '__proto__') continue;
    const value = negates ? false : (token.value ?? true);
    if (options[name]?.multiple) values[name] = [...((values[name] as unknown[] | undefined) ?? []), value];
    else values[name] = value;
  }
  for (const [name, option] of Object.entries(options))
    if (option.default !== undefined && values[name] === undefined) values[name] = option.default;
  return config.tokens ? { values, positionals, tokens } : { values, positionals };
}
