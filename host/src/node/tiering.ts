/**
 * When V8 optimises a function of WebAssembly, for a process that runs one program.
 *
 * V8 counts what a function executes, in bytes of machine code, against a budget: each turn of a loop takes the length of
 * the loop, but a quarter of the budget at most. An interpreter's loop is so long that a hello world exceeds any budget;
 * optimising it takes 100 ms and more, and the process cannot end before that is done. What a budget is, is set when a
 * module is compiled; what a turn takes at most, when a function is compiled at its first call. So the two are set apart.
 *
 * The flags are the whole process's: a library must not touch them.
 */
const budget = {
  /** Of each function, set when the module is compiled. */
  module: 1_000_000_000,
  /** While an instance is made, which calls the interpreter's loop: it is optimised after some 170,000 turns. */
  instance: 24_000,
} as const;

/** Whether the next component that is compiled is the program's. */
let awaited = false;

function setBudget(bytes: number): void {
  // Loaded when it is needed: others than the command line do not.
  process.getBuiltinModule('node:v8').setFlagsFromString(`--wasm-tiering-budget=${bytes}`);
}

/** To be called before anything is compiled. */
export function tierForOneRun(): void {
  setBudget(budget.module);
}

/** The component of the program is about to be compiled, and an instance of it made. */
export function awaitInstance(): void {
  awaited = true;
}

/** A component is compiled; an instance of it comes next. */
export function componentIsCompiled(): void {
  if (awaited) setBudget(budget.instance);
}

/** The instance is there. */
export function instanceIsMade(): void {
  awaited = false;
  setBudget(budget.module);
}
