import { errorAnswer } from '../http/error-answers.js';
import { bodyJson, contentJson } from '../http/v2-json.js';
import { isVisible } from '../wiki/visibility.js';
import { type Behaviour, idOf } from './behaviour.js';
import type { Json } from './json-rows.js';
import type { WildRequest } from './wild-request.js';

/** Another current page in the place of the one that was asked for. */
const another = (json: Json, { api, formats }: WildRequest, id: string): Json => {
  const { store } = api.state;
  const other = Array.from(store.ofType('page')).find(
    (page) => page.id !== id && page.status === 'current' && isVisible(store, page),
  );
  if (other === undefined) return json;
  return { ...contentJson(api, other), body: bodyJson(api, other, formats[0]), _links: json._links };
};

const isDownloadOf = ({ route, id }: WildRequest, value: string): boolean =>
  route === 'download' && id.replace(/^att/, '') === value.replace(/^att/, '');

const DOWNLOADS = '8.2 Downloading: 401, 403 and 404 for missing, hidden or wrong container';

/** What goes wrong with one item when it is asked for by its id. */
export const SINGLES = {
  'other-page': {
    does: 'GET /pages/ID answers another page; in bulk ID is missing',
    evidence: '6.2: compare the returned ids with the asked ones; another page in their place is [INFER]',
    value: idOf('page'),
    shows: ({ route }, value) => (route === 'bulk' ? ({ id }) => id !== value : undefined),
    answer: (json, request, value) =>
      request.route === 'single' && request.id === value ? another(json, request, value) : json,
  },
  'hidden-attachment': {
    does: 'the download of one attachment answers 403, while its page is readable',
    evidence: DOWNLOADS,
    value: idOf('attachment'),
    refuses: (request, value) =>
      isDownloadOf(request, value)
        ? errorAnswer(request.c, 403, 'User is not permitted to view this attachment')
        : undefined,
  },
  'gone-attachment': {
    does: 'the download of one attachment answers 404, while it is listed',
    evidence: DOWNLOADS,
    value: idOf('attachment'),
    refuses: (request, value) =>
      isDownloadOf(request, value)
        ? errorAnswer(request.c, 404, `No attachment found with id ${value}`)
        : undefined,
  },
} satisfies Readonly<Record<string, Behaviour>>;
