/** Secret keys of `crypto.subtle`. */

const shared = `const s = crypto.subtle, te = new TextEncoder(), hex = (b) => Buffer.from(b).toString('hex');
const told = (p) => p.then((v) => console.log(v), (e) => console.log(e.name, '|', e.message, '|', e.code));
const raw = (n, a, u, x = true) => s.importKey('raw', new Uint8Array(n).fill(7), a, x, u);
`;

const programs: Readonly<Record<string, string>> = {
  'keys are shown, and exported': `
const k = await s.generateKey({ name: 'hmac', hash: 'sha-256' }, true, ['verify', 'sign', 'sign']);
console.log(k, k.algorithm, Object.prototype.toString.call(k), k.usages, Object.keys(k), [k], { a: { b: { c: k } } });
console.log((await s.exportKey('raw', k)).byteLength, await s.exportKey('jwk', k).then((j) => [j.kty, j.alg, j.ext, j.key_ops, j.k.length]));
const a = await raw(32, 'AES-GCM', ['encrypt'], false); console.log(a); await told(s.exportKey('raw', a));
await told(s.exportKey('spki', k)); await told(s.exportKey('nope', k)); await told(s.exportKey('raw', {}));
try { new CryptoKey(); } catch (e) { console.log(e.name, e.message); }
for (const name of ['AES-CBC', 'AES-CTR', 'AES-KW']) console.log((await s.generateKey({ name, length: 192 }, true, name === 'AES-KW' ? ['wrapKey'] : ['encrypt'])).algorithm);
console.log(await s.exportKey('jwk', await raw(24, 'AES-CTR', ['decrypt', 'encrypt'])));`,
  'keys that cannot be made': `
await told(s.generateKey({ name: 'AES-GCM', length: 100 }, true, ['encrypt']));
await told(s.generateKey({ name: 'AES-GCM', length: 128 }, true, []));
await told(s.generateKey({ name: 'AES-GCM', length: 128 }, true, ['sign']));
await told(s.generateKey({ name: 'NOPE' }, true, ['sign']));
await told(s.generateKey({ name: 'HMAC', hash: 'nope' }, true, ['sign']));
await told(s.generateKey({ name: 'HMAC' }, true, ['sign']));`,
  'keys that cannot be read': `
await told(raw(5, 'AES-CBC', ['encrypt']));
await told(raw(0, { name: 'HMAC', hash: 'SHA-1' }, ['sign']));
await told(raw(5, 'PBKDF2', ['deriveBits']));
await told(raw(5, 'PBKDF2', ['sign'], false));
await told(raw(5, 'PBKDF2', [], false));
await told(s.importKey('raw', 'text', 'PBKDF2', false, ['deriveBits']));
await told(s.importKey('nope', new Uint8Array(5), 'PBKDF2', false, ['deriveBits']));
const h = { name: 'HMAC', hash: 'SHA-256' };
for (const jwk of [{ kty: 'oct', k: 'AAAA' }, { kty: 'RSA', k: 'AAAA' }, { kty: 'oct' }, { kty: 'oct', k: 'AAAA', alg: 'HS512' }, { kty: 'oct', k: 'AAAA', alg: 'HS256' }]) await told(s.importKey('jwk', jwk, h, true, ['sign']));
await told(raw(3, { ...h, length: 20 }, ['sign']));`,
  'HMAC: signatures of known keys': `
for (const hash of ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']) {
  const k = await raw(20, { name: 'HMAC', hash }, ['sign', 'verify']); const sig = await s.sign('HMAC', k, te.encode('data'));
  console.log(hash, hex(sig), await s.verify({ name: 'hmac' }, k, sig, te.encode('data')), await s.verify('HMAC', k, sig, te.encode('date')), await s.verify('HMAC', k, sig.slice(1), te.encode('data')));
}
const other = await raw(20, { name: 'HMAC', hash: 'SHA-256' }, ['verify']); await told(s.sign('HMAC', other, new Uint8Array(1)));
await told(s.sign('HMAC', await raw(16, 'AES-CBC', ['encrypt']), new Uint8Array(1)));`,
  'AES: known keys and texts': `
const data = te.encode('the quick brown fox jumps over the lazy dog');
for (const [alg, more] of [['AES-CBC', { iv: new Uint8Array(16).fill(1) }], ['AES-CTR', { counter: new Uint8Array(16).fill(2), length: 64 }], ['AES-GCM', { iv: new Uint8Array(12).fill(3), additionalData: te.encode('aad') }], ['AES-GCM', { iv: new Uint8Array(20).fill(3), tagLength: 96 }]]) for (const n of [16, 24, 32]) {
  const k = await raw(n, alg, ['encrypt', 'decrypt']); const c = await s.encrypt({ name: alg, ...more }, k, data);
  console.log(alg, n, hex(c), Buffer.from(await s.decrypt({ name: alg, ...more }, k, c)).toString());
}
for (const n of [0, 1, 15, 16, 17]) console.log(n, hex(await s.encrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, await raw(16, 'AES-CBC', ['encrypt']), new Uint8Array(n))));`,
  'AES-CTR: the counter turns within its bits': `
const k = await raw(16, 'AES-CTR', ['encrypt']); const full = new Uint8Array(16).fill(255);
for (const [counter, length] of [[full, 64], [full, 128], [new Uint8Array(16), 1], [full, 4], [full, 2], [new Uint8Array(15), 64], [full, 0], [full, 129]]) await told(s.encrypt({ name: 'AES-CTR', counter, length }, k, new Uint8Array(40)).then(hex));`,
  'AES: what does not decrypt says nothing of why': `
const k = await raw(32, 'AES-GCM', ['encrypt', 'decrypt']); const iv = new Uint8Array(12), g = { name: 'AES-GCM', iv };
const c = new Uint8Array(await s.encrypt(g, k, te.encode('secret'))); const bad = c.slice(); bad[0] ^= 1;
await told(s.decrypt(g, k, bad)); await told(s.decrypt({ ...g, additionalData: iv }, k, c)); await told(s.decrypt(g, k, c.slice(0, 5))); await told(s.decrypt({ ...g, tagLength: 5 }, k, c)); await told(s.decrypt({ ...g, tagLength: 96 }, k, bad));
const b = await raw(16, 'AES-CBC', ['encrypt', 'decrypt']); const cb = { name: 'AES-CBC', iv: new Uint8Array(16) };
await told(s.decrypt(cb, b, new Uint8Array(16))); await told(s.decrypt(cb, b, new Uint8Array(5))); await told(s.encrypt({ ...cb, iv }, b, c)); await told(s.encrypt({ name: 'AES-CBC' }, b, c)); await told(s.encrypt(cb, b, 'x')); await told(s.encrypt(cb, {}, c)); await told(s.encrypt(cb, k, c));`,
  'PBKDF2 and HKDF': `
const pb = await s.importKey('raw', te.encode('password'), 'PBKDF2', false, ['deriveBits', 'deriveKey']); console.log(pb);
const p = { name: 'PBKDF2', salt: te.encode('salt'), iterations: 50, hash: 'SHA-256' };
for (const hash of ['SHA-1', 'SHA-512']) console.log(hex(await s.deriveBits({ ...p, hash }, pb, 256)));
await told(s.deriveBits({ ...p, iterations: 0 }, pb, 256)); await told(s.deriveBits(p, pb, 7)); await told(s.deriveBits(p, pb, null)); await told(s.deriveBits({ name: 'PBKDF2', iterations: 1, hash: 'SHA-1' }, pb, 8));
const key = await s.deriveKey(p, pb, { name: 'AES-CBC', length: 256 }, true, ['encrypt']); console.log(key, hex(await s.exportKey('raw', key)));
const mac = await s.deriveKey(p, pb, { name: 'HMAC', hash: 'SHA-256', length: 128 }, true, ['sign']); console.log(mac.algorithm, hex(await s.exportKey('raw', mac)));
const hk = await s.importKey('raw', new Uint8Array(4), 'HKDF', false, ['deriveBits']); console.log(hex(await s.deriveBits({ name: 'HKDF', hash: 'SHA-512', salt: new Uint8Array(), info: new Uint8Array(3) }, hk, 336)));
await told(s.deriveKey({ name: 'HKDF', hash: 'SHA-512', salt: new Uint8Array(), info: new Uint8Array(3) }, hk, { name: 'AES-CBC', length: 256 }, true, ['encrypt']));`,
  'keys wrapped in keys': `
const inner = await raw(32, { name: 'HMAC', hash: 'SHA-256' }, ['sign', 'verify']); const iv = new Uint8Array(12);
const outer = await raw(32, 'AES-GCM', ['wrapKey', 'unwrapKey']); const kw = await raw(16, 'AES-KW', ['wrapKey', 'unwrapKey']);
for (const format of ['raw', 'jwk']) { const w = await s.wrapKey(format, inner, outer, { name: 'AES-GCM', iv }); const k = await s.unwrapKey(format, w, outer, { name: 'AES-GCM', iv }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']); console.log(w.byteLength, k, hex(await s.exportKey('raw', k))); }
const w = await s.wrapKey('raw', inner, kw, 'AES-KW'); console.log(hex(w)); await told(s.unwrapKey('raw', w, kw, 'AES-KW', 'AES-CBC', true, ['encrypt'])); await told(s.unwrapKey('raw', new Uint8Array(24), kw, 'AES-KW', 'AES-CBC', true, ['encrypt']));`,
  'a password and a file: encrypt and decrypt as programs do': `
async function keyOf(password, salt) { const base = await s.importKey('raw', te.encode(password), 'PBKDF2', false, ['deriveKey']); return s.deriveKey({ name: 'PBKDF2', salt, iterations: 100, hash: 'SHA-256' }, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']); }
async function seal(text, password) { const salt = crypto.getRandomValues(new Uint8Array(16)), iv = crypto.getRandomValues(new Uint8Array(12)); const c = await s.encrypt({ name: 'AES-GCM', iv }, await keyOf(password, salt), te.encode(text)); return Buffer.concat([salt, iv, new Uint8Array(c)]).toString('base64'); }
async function open(sealed, password) { const b = Buffer.from(sealed, 'base64'); return new TextDecoder().decode(await s.decrypt({ name: 'AES-GCM', iv: b.subarray(16, 28) }, await keyOf(password, b.subarray(0, 16)), b.subarray(28))); }
const sealed = await seal('geheim ✓', 'pw'); console.log(sealed.length, await open(sealed, 'pw')); await open(sealed, 'no').catch((e) => console.log(e.name, e.message));`,
};

export const webcryptoPrograms: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(programs).map(([name, source]) => [name, shared + source]),
);
