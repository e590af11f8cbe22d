import { readFileSync } from 'node:fs';
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco';

const contract = readFileSync(new URL('../../../wit/golem-exec.wit', import.meta.url), 'utf8');
const host = readFileSync(new URL('../../../wit/host.wit', import.meta.url), 'utf8');

/** What of an answering component may differ. The code is WAT text. */
export interface Answering {
  /** Items of its world. */
  readonly world?: string;
  /** What `session.run` does with its parameters at `$p` before it answers. */
  readonly run?: string;
  /** The value of the answer's exit code. */
  readonly exitCode?: string;
  readonly close?: string;
  /** Fields of the module: memories, tables, globals, imports. */
  readonly fields?: string;
}

/** A core module with the functions of `golem:exec/executor` and `sessions`, by the names of the canonical ABI. */
function moduleText({ run = '', exitCode = '(i32.const 0)', close = '', fields = '' }: Answering): string {
  const sessions = 'golem:exec/sessions@1.0.0';
  return `(module
  (import "[export]${sessions}" "[resource-new]session" (func $new (param i32) (result i32)))
  ${fields}
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
    (global.set $next (i32.add (local.get $at) (local.get 3)))
    (local.get $at))
  (func (export "golem:exec/executor@1.0.0#run") (param i32) (result i32) unreachable)
  (func (export "${sessions}#[constructor]session") (param i32 i32 i32 i32) (result i32) (call $new (i32.const 1)))
  (func (export "${sessions}#[method]session.upload") (param i32 i32 i32 i32 i32 i32 i32) (result i32) unreachable)
  (func (export "${sessions}#[method]session.download") (param i32 i32 i32) (result i32) unreachable)
  (func (export "${sessions}#[method]session.list-files") (param i32 i32 i32) (result i32) unreachable)
  (func (export "${sessions}#[method]session.set-working-dir") (param i32 i32 i32) (result i32) unreachable)
  (func (export "${sessions}#[method]session.close") (param i32) ${close})
  ;; The answer stands at byte 16: ok, without a compile stage. Its stdout is the entrypoint, its stderr is stdin.
  (func (export "${sessions}#[method]session.run") (param $p i32) (result i32)
    ${run}
    (i32.store offset=64 (i32.const 0) (i32.load offset=4 (local.get $p)))
    (i32.store offset=68 (i32.const 0) (i32.load offset=8 (local.get $p)))
    (if (i32.load8_u offset=20 (local.get $p)) (then
      (i32.store offset=72 (i32.const 0) (i32.load offset=24 (local.get $p)))
      (i32.store offset=76 (i32.const 0) (i32.load offset=28 (local.get $p)))))
    (i32.store8 offset=80 (i32.const 0) (i32.const 1))
    (i32.store offset=84 (i32.const 0) ${exitCode})
    (i32.const 16))
)`;
}

/**
 * A component of a few hundred bytes that does not know our host: it writes nothing, and answers `session.run` with
 * the entrypoint as stdout and stdin as stderr.
 */
export async function answeringComponent(answering: Answering = {}): Promise<Uint8Array> {
  const world = answering.world ?? 'export executor; export sessions;';
  return await component(moduleText(answering), world);
}

/** `session.run` that answers an arm of `error` without a payload, by its number. */
export function answerArm(arm: number): string {
  return `(i32.store8 (i32.const 16) (i32.const 1)) (i32.store8 (i32.const 24) (i32.const ${arm})) (return (i32.const 16))`;
}

/** What makes an answering component import an interface, as all but the smallest do. */
export const importing = {
  world: 'import wasi:random/random@0.2.12; export executor; export sessions;',
  fields: '(import "wasi:random/random@0.2.12" "get-random-u64" (func (result i64)))',
};
const random = 'package wasi:random@0.2.12 { interface random { get-random-u64: func() -> u64; } }';

/** Makes a component of WAT text and the items of its world. */
export async function component(wat: string, world: string): Promise<Uint8Array> {
  const witSource = `${contract}\n${host}\nworld replacement { ${world} }\n${random}`;
  const binary = await componentEmbed({ binary: await parse(wat), witSource, world: 'replacement' });
  return await componentNew(binary);
}
