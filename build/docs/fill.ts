/** Puts generated parts into a document, between `<!-- begin NAME -->` and `<!-- end NAME -->`. */
export function fill(text: string, sections: Readonly<Record<string, string>>): string {
  return Object.entries(sections).reduce((filled, [name, content]) => {
    const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
    const [from, to] = [filled.indexOf(begin), filled.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`the document has no place ${begin} … ${end}`);
    return `${filled.slice(0, from + begin.length)}\n\n${content}\n\n${filled.slice(to)}`;
  }, text);
}
