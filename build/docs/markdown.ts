/** Pieces of Markdown that both languages' documents are made of. */

const cell = (text: string): string => text.replaceAll('|', '\\|');

export const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

export const thousands = (count: number): string => count.toLocaleString('en');

/** To two digits: what another version of the component takes is near to it. */
export function rounded(value: number): string {
  return thousands(Number(value.toPrecision(2)));
}
