import { Observable, defer, finalize, from, map, of, retry, switchMap, throwError } from 'rxjs';
import type { ListedAttachment } from '../core/content.js';
import { isUnspecific } from '../core/media-type.js';
import { consequenceOf } from '../errors/consequence.js';
import { HttpError } from '../errors/http-error.js';
import { MediaError } from '../errors/media-error.js';
import { isRxsyncError } from '../errors/rxsync-error.js';
import { type Gate, stoppedInFlight } from './gate.js';
import type { Media, MediaAnswer } from './media.js';
import { refusePage } from './refuse-page.js';
import type { Send } from './request.js';
import { retryTransfers } from './retry.js';

export interface DownloadOptions {
  readonly send: Send;
  readonly media: Media;
  /** How often a transfer that fails is started again. */
  readonly maxRetries: number;
  readonly gate: Gate;
  readonly random: () => number;
}

/** The signed address of an attachment; it is short-lived, so it is asked for just before its use. */
const address$ = (send: Send, { id, pageId }: ListedAttachment): Observable<string> => {
  const path = `/rest/api/content/${pageId}/child/attachment/${id}/download`;
  return send({ lane: 'attachments', path, acceptStatus: (status) => status >= 200 && status < 400 }).pipe(
    map((response) => {
      const location: unknown = response.headers.location;
      if (typeof location === 'string') return location;
      throw new HttpError(response.status, `GET ${path} answered ${response.status} without a Location.`);
    }),
  );
};

/** What error and login pages come as. */
const PAGES: Readonly<Record<string, string>> = {
  'text/html': 'html',
  'application/json': 'json',
  'application/xml': 'xml',
  'text/xml': 'xml',
};

/**
 * A login or error page that came in place of the file: a page of another size than the wiki states, or for a file of
 * another type where it states no size, and HTML even of that size.
 */
const isPageInstead = (
  { contentType = '', lengthBytes }: MediaAnswer,
  { sizeBytes, mediaType }: ListedAttachment,
): boolean => {
  const page = PAGES[contentType];
  if (page === undefined) return false;
  const isOther = mediaType !== undefined && !mediaType.includes(page);
  if (sizeBytes === undefined) return isOther;
  if (lengthBytes !== undefined && lengthBytes !== sizeBytes) return true;
  return page === 'html' && isOther && !isUnspecific(mediaType);
};

/** An answer that is not as long as the wiki states is looked into, where the file is known to be no page. */
const checked = (answer: MediaAnswer, { sizeBytes, mediaType }: ListedAttachment): MediaAnswer => {
  const { lengthBytes, stream } = answer;
  const isAsStated = sizeBytes === undefined || lengthBytes === undefined || lengthBytes === sizeBytes;
  const mayBePage = isUnspecific(mediaType) || mediaType?.includes('html');
  return isAsStated || mayBePage ? answer : { ...answer, stream: refusePage(stream) };
};

const consume$ = <T>(
  { media, gate }: DownloadOptions,
  attachment: ListedAttachment,
  address: string,
  sink: (answer: MediaAnswer) => Promise<T>,
): Observable<T> =>
  new Observable((subscriber) => {
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, gate.ending]);
    const run = async (): Promise<T> => {
      const answer = await media(address, signal);
      const cutOff = (): void => void answer.stream.destroy(stoppedInFlight());
      gate.ending.addEventListener('abort', cutOff, { once: true });
      try {
        if (isPageInstead(answer, attachment))
          throw new MediaError('media-type', 'The media host sent a page instead of the file.');
        return await sink(checked(answer, attachment));
      } catch (error) {
        if (gate.ending.aborted) throw stoppedInFlight();
        if (isRxsyncError(error)) throw error;
        throw new MediaError('media-connection', 'The media host broke off the transfer.', { cause: error });
      } finally {
        gate.ending.removeEventListener('abort', cutOff);
        answer.stream.destroy();
      }
    };
    run().then(
      (value) => {
        subscriber.next(value);
        subscriber.complete();
      },
      (error: unknown) => subscriber.error(error),
    );
    return () => abort.abort();
  });

/**
 * Does `work$` while it holds a place of the media lane. What the host's rate limit refuses gives its place back and asks
 * for another: how long that takes, and whether at all, is the gate's.
 */
const inTurn$ = <T>(gate: Gate, work$: Observable<T>): Observable<T> =>
  defer(() => {
    const abort = new AbortController();
    return from(gate.admit('media', { signal: abort.signal })).pipe(
      switchMap((release) => work$.pipe(finalize(release))),
      finalize(() => abort.abort()),
    );
  }).pipe(
    retry({
      delay: (error: unknown) => (consequenceOf(error).again === 'held' ? of(true) : throwError(() => error)),
    }),
  );

/**
 * Opens an attachment and hands its bytes to `sink`; emits what the sink resolves to. One subscription spans request,
 * body and sink: unsubscribing aborts them all. A failed transfer starts again from a fresh address.
 */
export const download$ = <T>(
  options: DownloadOptions,
  attachment: ListedAttachment,
  sink: (answer: MediaAnswer) => Promise<T>,
): Observable<T> => {
  const transfer$ = address$(options.send, attachment).pipe(
    switchMap((address) => consume$(options, attachment, address, sink)),
  );
  return inTurn$(options.gate, transfer$).pipe(retryTransfers(options));
};
