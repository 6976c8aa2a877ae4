import { bodyJson } from '../http/v2-json.js';
import { type Behaviour, idOf } from './behaviour.js';
import { type Json, idIn, isJson } from './json-rows.js';
import type { WildRequest } from './wild-request.js';

type BodyChange = (body: Json, request: WildRequest) => Json;

/** Changes the body of one item wherever it comes with one. */
const bodyOf =
  (change: BodyChange): NonNullable<Behaviour['row']> =>
  (row, request, id) =>
    idIn(row) === id && isJson(row.body) ? { ...row, body: change(row.body, request) } : row;

const isAlone = ({ route }: WildRequest): boolean => route === 'single' || route === 'comment';

const without = (body: Json, name: string): Json =>
  Object.fromEntries(Object.entries(body).filter(([format]) => format !== name));

const emptied = (body: Json): Json =>
  isJson(body.storage) ? { ...body, storage: { ...body.storage, value: '' } } : body;

/** The item as the version before had it: number, and text where a body is asked for. */
const older = (row: Json, { api, formats }: WildRequest, id: string): Json => {
  const content = idIn(row) === id ? api.state.store.get(id) : undefined;
  if (content === undefined || content.version < 2 || !isJson(row.version) || formats.length === 0)
    return row;
  const number = content.version - 1;
  return {
    ...row,
    version: { ...row.version, number },
    body: bodyJson(api, content, formats[0], number),
  };
};

const POISON =
  '12 Poison pages: storage, then atlas_doc_format, then view; 19 Search: body.view works where body.storage fails';
const OLD =
  '6.3, 10: what one read says of the version does not always equal what another says; reads lag behind [INFER for bodies]';

/** Bodies that do not come, come empty or come old. */
export const BODIES = {
  'no-body': {
    does: 'the storage body of one page is missing, in bulk and by id; other formats are right',
    evidence: POISON,
    value: idOf('page'),
    row: bodyOf((body) => without(body, 'storage')),
  },
  'empty-body': {
    does: 'the storage body of one page is empty in bulk, and right by id',
    evidence: '19 Live docs: the body can come empty through some reads',
    value: idOf('page'),
    row: bodyOf((body, request) => (isAlone(request) ? body : emptied(body))),
  },
  bodiless: {
    does: 'the body of one page is missing in every format, in bulk and by id',
    evidence: POISON,
    value: idOf('page'),
    row: bodyOf(() => ({})),
  },
  'live-doc': {
    does: 'one page is a live doc: its storage body is empty, in bulk and by id; other formats are right',
    evidence:
      '19 Live docs (subtype "live"): the body of the current version can come empty through some reads',
    value: idOf('page'),
    row: (row, _request, id) => {
      if (idIn(row) !== id || !('parentType' in row)) return row;
      return { ...row, subtype: 'live', ...(isJson(row.body) ? { body: emptied(row.body) } : {}) };
    },
  },
  'old-body': {
    does: 'reads in bulk give the version before of one page, number and text; by id it is right',
    evidence: OLD,
    value: idOf('page'),
    row: (row, request, id) => (isAlone(request) ? row : older(row, request, id)),
  },
  'old-body-always': {
    does: 'all reads of the body of one page give the version before, number and text',
    evidence: OLD,
    value: idOf('page'),
    row: older,
  },
} satisfies Readonly<Record<string, Behaviour>>;
