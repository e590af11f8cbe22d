/** `atob` for packages that must run where there is none: base64 to a string with one character for each byte. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sixBits = new Map(Array.from(alphabet, (char, value) => [char.charCodeAt(0), value]));

export function atob(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const value = sixBits.get(text.charCodeAt(i));
    if (value === undefined) continue;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
  }
  let result = '';
  for (let i = 0; i < bytes.length; i += 4096) result += String.fromCharCode(...bytes.slice(i, i + 4096));
  return result;
}
