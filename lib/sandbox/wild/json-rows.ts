/** A JSON object, read-only. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The results of a listing; undefined for an answer that is no listing. */
export const resultsOf = (json: Json): readonly unknown[] | undefined =>
  Array.isArray(json.results) ? json.results : undefined;

/** The id of a row as text; empty when it has none. */
export const idIn = (row: Json): string =>
  typeof row.id === 'string' || typeof row.id === 'number' ? String(row.id) : '';

/** The content of a row: general search wraps it. */
export const contentIn = (row: unknown): Json | undefined => {
  if (!isJson(row)) return undefined;
  return isJson(row.content) ? row.content : row;
};

const changeRow = (row: unknown, change: (content: Json) => Json): unknown => {
  const content = contentIn(row);
  if (!isJson(row) || content === undefined) return row;
  const changed = change(content);
  if (changed === content) return row;
  return content === row ? changed : { ...row, content: changed };
};

/** Changes each of the results, or the answer itself where it is no listing; the same object when nothing changed. */
export const mapRows = (json: Json, change: (content: Json) => Json): Json => {
  const results = resultsOf(json);
  if (results === undefined) return change(json);
  const changed = results.map((row) => changeRow(row, change));
  return changed.some((row, index) => row !== results[index]) ? { ...json, results: changed } : json;
};
