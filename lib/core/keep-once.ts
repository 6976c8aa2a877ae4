/** Returns what gives back the first of equal texts: one that comes again and again is in memory once. */
export const keepOnce = (): ((text: string | undefined) => string | undefined) => {
  const known = new Map<string | undefined, string>();
  return (text) => {
    const first = known.get(text);
    if (first === undefined && text !== undefined) known.set(text, text);
    return first ?? text;
  };
};
