/** Numbers from 0 to below `limit`, the same for the same seed. */
export type Random = (limit: number) => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const FRAGMENTS = [
  '<',
  '>',
  '&',
  '"',
  ']]>',
  '<![CDATA[',
  '</p>',
  '<p>',
  '<td>',
  '<ul><li>',
  '<ac:structured-macro ac:name="code">',
  '<ac:parameter ac:name="title">',
  '<a href="javascript:alert(1)">',
  '<a href="https://example.org">',
  '<strong>',
  '<table>',
  '<ac:link>',
  '<!--',
  '-->',
  '\u0000',
  '\ud800',
  '*',
  '`',
  '|',
  '\n\n',
];

/** Damages a text at a few places: cuts, repeats, moves and inserts. */
export function mutate(text: string, random: Random): string {
  let result = text;
  for (let count = 1 + random(6); count > 0; count -= 1) {
    const at = random(result.length + 1);
    const slice = result.slice(at, at + random(200));
    const insertions = [FRAGMENTS[random(FRAGMENTS.length)] ?? '', slice + slice, ''];
    const end = random(2) === 0 ? at : at + slice.length;
    result = result.slice(0, at) + (insertions[random(insertions.length)] ?? '') + result.slice(end);
  }
  return result;
}
