// regex features
const log = '2024-01-02 ERROR [db] timeout after 30ms\n2024-01-03 WARN [api] slow: 1200ms\nbad line\n2024-01-04 ERROR [api] x';
const re = /^(?<date>\d{4}-\d\d-\d\d)\s+(?<level>[A-Z]+)\s+\[(?<mod>\w+)\]\s+(?<msg>.*?)(?:\s*(?<ms>\d+)ms)?$/gm;
for (const m of log.matchAll(re)) console.log(m.groups, m.index, m);
console.log(log.replace(re, (_, date, level, ...r) => { const g = r.at(-1); return `${g.level}:${g.mod}`; }), log.replace(/(\w+)-(\d+)/g, '$2/$1$$'), 'aaa'.lastIndexOf('a', 1), 'x'.replace('x', '$&$`$\''), 'abc'.replace(/(?<z>b)/, '[$<z>]'));
console.log(/(?<!\$)\b\d+/.exec('cost $30 or 40')[0], /(?<=\$)\d+/.exec('$30')[0], /\p{Script=Greek}+/u.exec('abc αβγ')[0], /\p{Emoji_Presentation}/u.test('😀'), /[\p{L}&&[^a-z]]/v.test('A'), /(?i:A)b/.test('ab'), /^\w+@[\w.]+$/.test('a@b.c'), 'ÀÉ'.normalize('NFD').replace(/\p{M}/gu, ''));
const sticky = /\d+/y; sticky.lastIndex = 2; console.log(sticky.exec('ab12'), sticky.lastIndex, sticky, /a/dgimsuy.flags);
console.log('a1b22c333'.split(/(\d+)/), 'one  two'.split(' '), ''.split(''), ''.split(','), 'abc'.split('', 2), 'camelCaseString'.replace(/([A-Z])/g, ' $1').toLowerCase(), 'snake_case_here'.replace(/_(\w)/g, (_, c) => c.toUpperCase()), 'title case me'.replace(/\b\w/g, (c) => c.toUpperCase()), '1234567'.replace(/\B(?=(\d{3})+(?!\d))/g, ','));
console.log('aBC'.search(/[A-Z]/), 'x'.match(/y/), 'xyx'.match(/x/g), /(a)|(b)/.exec('b'), /a|ab/.exec('abc')[0], /((a)|(ab))((c)|(bc))/.exec('abc'), /(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac'), RegExp.escape?.('a.b*c'), /[^]/.test('\n'), /\cJ/.test('\n'), /\u{1F600}/u.test('😀'), new RegExp('\\d', 'g').toString(), new RegExp('/').toString(), String(new RegExp('')), /a/ + '');
const tokens = []; const lex = /(?<num>\d+(?:\.\d+)?)|(?<str>"(?:[^"\\]|\\.)*")|(?<id>[A-Za-z_]\w*)|(?<op>[+\-*/(){}=;])|(?<ws>\s+)/gy; const src = 'let x = "a\\"b" + 3.14;'; let m; while ((m = lex.exec(src))) { const [k, v] = Object.entries(m.groups).find(([, v]) => v !== undefined); if (k !== 'ws') tokens.push(`${k}:${v}`); } console.log(tokens);
console.log(/(?:a{2,3}?)b/.exec('aaab'), /^(?:\+?1[-. ]?)?\(?(\d{3})\)?[-. ]?(\d{3})[-. ]?(\d{4})$/.exec('(555) 123-4567').slice(1), RegExp.prototype[Symbol.replace].call(/b/, 'abc', 'X'), 'x'.replaceAll('', '-'), 'aXbX'.replaceAll('X', (m, off) => off));
try { 'abc'.replaceAll(/b/, ''); } catch (e) { console.log(e.name); }
