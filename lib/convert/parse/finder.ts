/** Finds a text from a position on; looks at each part of the source once for positions that only grow. */
export function finder(source: string, wanted: string): (from: number) => number {
  let found = source.indexOf(wanted);
  return (from) => {
    if (found < 0) return Infinity;
    if (found < from) found = source.indexOf(wanted, from);
    return found < 0 ? Infinity : found;
  };
}
