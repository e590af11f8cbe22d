// recursive descent calculator with errors
class ParseError extends SyntaxError { constructor(message, pos) { super(`${message} at ${pos}`); this.name = 'ParseError'; this.pos = pos; } }
function* lex(s) { const re = /\s*(?:(?<num>\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(?<id>[a-z_]\w*)|(?<op>\*\*|[-+*\/%()=,]))/giy; let last = 0; while (last < s.trimEnd().length) { re.lastIndex = last; const m = re.exec(s); if (!m) throw new ParseError(`unexpected ${JSON.stringify(s[last])}`, last); last = re.lastIndex; const [kind, text] = Object.entries(m.groups).find(([, v]) => v !== undefined); yield { kind, text, pos: m.index }; } }
function parse(src) {
  const toks = [...lex(src)]; let i = 0;
  const peek = () => toks[i]?.text; const next = () => toks[i++];
  const bin = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '**': 3 };
  function primary() { const t = next(); if (!t) throw new ParseError('unexpected end', src.length); if (t.kind === 'num') return { type: 'num', value: Number(t.text) }; if (t.text === '-') return { type: 'neg', arg: primary() }; if (t.text === '(') { const e = expr(0); if (next()?.text !== ')') throw new ParseError('expected )', t.pos); return e; } if (t.kind === 'id') { if (peek() === '(') { next(); const args = []; while (peek() !== ')') { args.push(expr(0)); if (peek() === ',') next(); } next(); return { type: 'call', name: t.text, args }; } return { type: 'var', name: t.text }; } throw new ParseError(`unexpected ${t.text}`, t.pos); }
  function expr(min) { let left = primary(); for (;;) { const op = peek(); const p = bin[op]; if (!p || p <= min && op !== '**') return left; if (p < min) return left; next(); left = { type: 'bin', op, left, right: expr(op === '**' ? p - 1 : p) }; } }
  const tree = expr(0); if (i < toks.length) throw new ParseError(`unexpected ${peek()}`, toks[i].pos); return tree;
}
const evaluate = (n, env = {}) => ({ num: () => n.value, neg: () => -evaluate(n.arg, env), var: () => env[n.name] ?? (() => { throw new ReferenceError(`${n.name} is not defined`); })(), call: () => Math[n.name](...n.args.map((a) => evaluate(a, env))), bin: () => { const a = evaluate(n.left, env), b = evaluate(n.right, env); return { '+': a + b, '-': a - b, '*': a * b, '/': a / b, '%': a % b, '**': a ** b }[n.op]; } })[n.type]();
for (const s of ['1+2*3', '2**3**2', '-(4 - 6)/8', 'max(1, x, 2)*pi', '1 +', '3 $ 4', 'y+1', '(1']) { try { const t = parse(s); console.log(s, '=>', evaluate(t, { x: 7, pi: Math.PI })); } catch (e) { console.log(s, '!!', e.name, e.message, e instanceof SyntaxError); } }
console.dir(parse('a*(b+c(1,2))'), { depth: null });
console.log(parse('a*(b+c(1,d(2)))'));
throw new ParseError('final', 3);
