import { hash32 } from '../data/prng.js';
import { idNumber } from '../wiki/model.js';
import { type Behaviour, count } from './behaviour.js';
import { type Json, idIn, isJson } from './json-rows.js';
import { numericIds } from './numeric-ids.js';
import { oddFields } from './odd-fields.js';
import { ODD_ROW_VALUE, oddRow } from './odd-row.js';

const isAttachment = (id: string): boolean => /^att\d+$/.test(id);

/** A wrong size: nothing for every other one. A file without bytes has none to misstate. */
const wrongSize = (id: string, size: unknown): number =>
  Number(size) === 0 || hash32(id) % 2 === 0 ? 0 : Number(size) + 1000;

/** A page of another size than is stated is what an error looks like. */
const isPageFile = (row: Json): boolean => /html|json|xml/.test(JSON.stringify(row.title ?? ''));

const misstated = (row: Json, n: number): Json => {
  const id = idIn(row);
  if (!isAttachment(id) || idNumber(id) % n !== 0 || isPageFile(row)) return row;
  if ('fileSize' in row) return { ...row, fileSize: wrongSize(id, row.fileSize) };
  if (!isJson(row.extensions)) return row;
  return { ...row, extensions: { ...row.extensions, fileSize: wrongSize(id, row.extensions.fileSize) } };
};

/** What is wrong in the rows of answers. */
export const ROWS = {
  'odd-fields': {
    does: 'about one in ten rows of every listing has odd fields: null authors, unknown parents, sizes as text, ids as numbers; homepages are null',
    evidence: '17: nearly every property can be absent or null at runtime; 19 Odd rows',
    mild: true,
    row: (row, { route }) => oddFields(row, route),
  },
  'odd-row': {
    does: 'listings have a null among their rows, or null in a field of one row; by id it is right',
    evidence: '19 Odd rows: one row must never cost the listing',
    value: ODD_ROW_VALUE,
    answer: oddRow,
  },
  'stated-size': {
    does: 'the stated size of attachments whose id N divides is wrong or 0; their bytes come whole',
    evidence: '19 Attachments: fileSize may be wrong or 0 in metadata while the Content-Length is right',
    mild: true,
    value: count(3),
    row: (row, _request, value) => misstated(row, Number(value)),
  },
  'numeric-ids': {
    does: 'ids in answers are numbers',
    evidence: '5, 17: ids are strings in JSON and integers in paths and in the older API',
    mild: true,
    answer: numericIds,
  },
} satisfies Readonly<Record<string, Behaviour>>;
