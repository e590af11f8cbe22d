import { createExecutor } from 'golem-exec';

await using executor = createExecutor({ workers: 1 });
const codes: Record<string, [string, string][]> = {
  python: [
    ['big', 'x = ["x" * 1000] * 50000\ny = "y" * (80 << 20)'],
    ['big2', 'x = "x" * 50000000'],
    ['rows', 'x=[{"i":i,"n":"row %d"%i} for i in range(200000)]'],
  ],
  javascript: [
    ['big', '_state.x = "x".repeat(5e7); _state.y = "y".repeat(80 * 2 ** 20);'],
    ['big2', '_state.x = "x".repeat(5e7);'],
    ['rows', '_state.x=Array.from({length:200000},(_,i)=>({i,n:"row "+i}))'],
    [
      'h',
      'const no = () => { console.error(new Error().stack); };\nfor (const prototype of [Object.prototype, Array.prototype, String.prototype, Number.prototype])\n  for (const name of ["toJSON", "get", "set", "value", "0", "5", "then"])\n    Object.defineProperty(prototype, name, { __proto__: null, get: no, set: no, configurable: true });\n',
    ],
    [
      'h2',
      'const no = () => { console.error(new Error().stack); };\nfor (const name of ["keys", "getOwnPropertyDescriptor", "getPrototypeOf", "defineProperty"]) Object[name] = Reflect[name] = no;\nJSON.stringify = JSON.parse = no;\nMap.prototype.set = Map.prototype.get = Map.prototype.forEach = Set.prototype.forEach = Array.prototype.join = no;\n',
    ],
    [
      'h3',
      'const no = () => { console.error(new Error().stack); };\nArray.prototype[Symbol.iterator] = no;\nglobalThis.Map = globalThis.Object = globalThis.globalThis = no;\n',
    ],
  ],
};
for (const persist of ['globals'] as const)
  for (const language of ['python', 'javascript'] as const)
    for (const [name, code] of codes[language]!) {
      await using s = await executor.openSession({ language, persist, limits: { timeMs: 60000 } });
      const t = performance.now();
      try {
        const r = await s.run({ code });
        console.log(
          language,
          name,
          persist,
          Math.round(performance.now() - t),
          r.memoryBytes >> 20,
          r.stateSkipped,
          r.run,
        );
      } catch (e: any) {
        console.log(language, name, e.tag, e.message, e.run.stderr.slice(0, 600));
      }
      const t2 = performance.now();
      try {
        await s.run({ code: '' });
      } catch (e: any) {
        console.log(e.tag);
      }
      console.log('again', Math.round(performance.now() - t2));
    }
