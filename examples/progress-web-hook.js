// A pull that tells a web hook how it goes, as JSON by POST, and how it has ended:
//   SPACE=DOCS DIR=wiki HOOK=https://example.com/hook node examples/progress-web-hook.js
import { catchError, concatMap, connect, exhaustMap, filter, lastValueFrom, merge, of, takeLast } from 'rxjs';
import { pull$ } from 'rxsync';

const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken } = process.env;
const { SPACE = 'DOCS', DIR = 'wiki', HOOK = 'http://127.0.0.1:8080/' } = process.env;

/** A hook that does not answer disturbs no pull. */
const post = async (event) => {
  try {
    await fetch(HOOK, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(10_000),
    });
  } catch (error) {
    console.error(`The web hook was not told of ${event.type}: ${error.message}`);
  }
};

const isProgress = ({ type }) => type === 'run.started' || type === 'progress';

const told$ = pull$({ url, credentials: { email, apiToken }, space: SPACE, dir: DIR }).pipe(
  // After `run.failed` comes its error.
  catchError((error) => {
    process.exitCode = error.exitCode ?? 1;
    console.error(error.message, error.hint ?? '');
    return of();
  }),
  connect((events$) =>
    merge(
      // While the hook takes its time the next progress is left out.
      events$.pipe(filter(isProgress), exhaustMap(post)),
      events$.pipe(
        takeLast(1),
        concatMap(async (end) => {
          process.exitCode ||= end.exitCode;
          await post(end);
        }),
      ),
    ),
  ),
);

await lastValueFrom(told$, { defaultValue: undefined });
