/** The runs of several mirrors, by the names of their folders. */
export type Runs = ReadonlyMap<string, string>;

/** Writes them as one: `DOCS=4f…,OPS=07…`. */
export const formatRuns = (runs: Runs): string =>
  [...runs].map(([name, run]) => `${encodeURIComponent(name)}=${run}`).join(',');

const decode = (name: string): string | undefined => {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
};

/** Reads what {@link formatRuns} has written; undefined for anything else. */
export const parseRuns = (text: string): Runs | undefined => {
  const runs = new Map<string, string>();
  for (const part of text === '' ? [] : text.split(',')) {
    const [, encoded = '', run = ''] = /^([^=]+)=([^=]+)$/.exec(part) ?? [];
    const name = decode(encoded);
    if (name === undefined || run === '') return undefined;
    runs.set(name, run);
  }
  return runs;
};
