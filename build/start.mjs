// Starts one of the project's TypeScript programs: `node build/start.mjs build/index.ts [arguments]`.
// Plain JavaScript of an old kind, so that a Node that is too old gets a sentence instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `This is Node ${process.versions.node}; the project's scripts need at least 22.18. "npm ci" brings a Node of its own ` +
      'for the usual platforms: run the scripts through npm ("npm test"), and "npm ci" without --omit=optional.',
  );
  process.exit(1);
}
const file = process.argv.splice(2, 1)[0];
if (file === undefined) throw new Error('name a program: node build/start.mjs build/index.ts');
await import(new URL(`../${file}`, import.meta.url).href);
