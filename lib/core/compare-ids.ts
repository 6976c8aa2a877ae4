const digits = (id: string): string => (id.startsWith('att') ? id.slice(3) : id);

/** Orders ids by number; they are decimal strings that may exceed 2^53. For `Array.sort`. */
export const compareIds = (a: string, b: string): number => {
  const [left, right] = [digits(a), digits(b)];
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
};
