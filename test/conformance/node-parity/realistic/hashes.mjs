import crypto, { createHash, createHmac, randomUUID, randomBytes, timingSafeEqual, pbkdf2Sync, scryptSync, hkdfSync, randomInt, getHashes, hash } from 'node:crypto';
for (const a of ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-256', 'ripemd160', 'sha512-256', 'blake2b512']) try { console.log(a, createHash(a).update('hello').update(Buffer.from(' world')).digest('hex')); } catch (e) { console.log(a, e.message); }
console.log(createHmac('sha256', 'key').update('data').digest('base64url'), createHmac('sha1', Buffer.alloc(100)).update('').digest('base64'));
console.log(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/.test(randomUUID()), randomBytes(8).length, randomInt(5) < 5);
console.log(pbkdf2Sync('pw', 'salt', 5, 32, 'sha256').toString('hex'), Buffer.from(hkdfSync('sha256', 'key', 'salt', 'info', 16)).toString('hex'), scryptSync('pw', 'salt', 16, { N: 16 }).toString('hex'));
const eq = (a, b) => { try { return timingSafeEqual(Buffer.from(a), Buffer.from(b)); } catch (e) { return e.code + ' ' + e.message; } }; console.log(eq('a', 'a'), eq('a', 'b'), eq('a', 'bb'));
try { createHash('nope'); } catch (e) { console.log(e.code, e.message); } try { const h = createHash('md5'); h.digest(); h.update('x'); } catch (e) { console.log(e.code, e.message); } try { createHash('md5').update(5); } catch (e) { console.log(e.code, e.message); }
console.log(createHash('sha256').update('x').copy().digest('latin1').length, hash?.('sha1', 'x'), getHashes().includes('sha256'));
console.log(Buffer.from(await crypto.webcrypto.subtle.digest('SHA-256', new TextEncoder().encode('abc'))).toString('hex'), crypto.webcrypto === globalThis.crypto, crypto.subtle === globalThis.crypto.subtle);
const chain = ['genesis']; for (let i = 0; i < 5; i++) chain.push(createHash('sha256').update(chain.at(-1) + i).digest('hex').slice(0, 12)); console.log(chain);
let nonce = 0; while (!createHash('sha256').update('block' + nonce).digest('hex').startsWith('00')) nonce++; console.log('nonce', nonce);
