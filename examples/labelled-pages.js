// The pages with a label as they change, one JSON object a line:
//   LABEL=guide SPACE=DOCS node examples/labelled-pages.js
// Asks again every EVERY_S seconds (60): one search, and one request for up to 250 pages that have changed.
import { BehaviorSubject, defer, exhaustMap, filter, mergeMap, timer } from 'rxjs';
import { createWiki, toMarkdown } from 'rxsync';

const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken } = process.env;
const { SPACE = 'DOCS', LABEL = 'guide', EVERY_S = '60' } = process.env;

const wiki = createWiki({ url, credentials: { email, apiToken } });
const versions = new Map();

/** What has changed since it was told last; what cannot be had now is tried again the next time. */
const changes$ = defer(() => {
  const demand = new BehaviorSubject(true);
  return wiki.searchPages$(`space = "${SPACE}" and label = "${LABEL}"`, { demand$: demand }).pipe(
    mergeMap(({ items, gaps = [] }) => {
      for (const { message } of gaps) console.error(`Not all pages were found: ${message}`);
      return items;
    }),
    filter(({ id, version }) => versions.get(id) !== version),
    wiki.fetchPages({ demand }),
  );
});

timer(0, Number(EVERY_S) * 1000)
  .pipe(exhaustMap(() => changes$))
  .subscribe({
    next: (fetched) => {
      if (fetched.status === 'rejected') {
        console.error(`${fetched.input.title}: ${fetched.reason.message}`);
        return;
      }
      const { id, version, title, body = '' } = fetched.value;
      versions.set(id, version);
      console.log(JSON.stringify({ id, version, title, markdown: toMarkdown(body, {}) }));
    },
    error: (error) => {
      console.error(error.message, error.hint ?? '');
      process.exitCode = error.exitCode ?? 1;
    },
  });
