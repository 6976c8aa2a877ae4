import type { Readable } from 'node:stream';
import { type Observable, type OperatorFunction, mergeMap, of, throwError } from 'rxjs';
import { exactStream } from '../../confluence/exact-stream.js';
import type { MediaAnswer } from '../../confluence/media.js';
import type { ListedAttachment } from '../../core/content.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { settle } from '../../operators/settle.js';
import { describe$, lengthJudge } from '../lanes/attachment-answer.js';
import { type Fetched, type FetchConfig, type Fetching, isFatalFetch } from './fetching.js';

/** An attachment as it comes. */
export interface AttachmentFile {
  readonly attachment: ListedAttachment;
  /** Its bytes; fails with a `MediaError` when they are fewer or more than they should be. */
  readonly stream: Readable;
  /** How many there will be; undefined when nobody states it. */
  readonly lengthBytes: number | undefined;
  /** What the media host says of its type, without parameters, in lower case. */
  readonly contentType: string | undefined;
}

/**
 * Takes an attachment in: reads its stream to the end, and resolves once it is where it belongs. Called again, with a new stream,
 * when a transfer breaks off; what it raises by itself is not tried again.
 */
export type AttachmentSink<R> = (file: AttachmentFile) => Promise<R>;

/** An attachment that was downloaded, and what its sink has made of it. */
export interface Downloaded<R> {
  readonly attachment: ListedAttachment;
  /** What the sink has resolved to. */
  readonly value: R;
}

type Taken<R> = { readonly value: R } | { readonly error: unknown };

const download$ = <R>(
  { client, notify }: Fetching,
  attachment: ListedAttachment,
  sink: AttachmentSink<R>,
): Observable<Downloaded<R>> => {
  const lengthOf = lengthJudge({ notify }, attachment);
  const take = async (answer: MediaAnswer): Promise<Taken<R>> => {
    const lengthBytes = lengthOf(answer);
    const { stream, failure } = exactStream(answer.stream, lengthBytes);
    try {
      return { value: await sink({ attachment, stream, lengthBytes, contentType: answer.contentType }) };
    } catch (error) {
      const broken = failure();
      if (broken !== undefined) throw broken;
      return { error };
    } finally {
      stream.destroy();
    }
  };
  return client
    .download$(attachment, take)
    .pipe(
      mergeMap((taken) =>
        'error' in taken ? throwError(() => taken.error) : of({ attachment, value: taken.value }),
      ),
    );
};

/** See `Fetchers`. */
export const downloadAttachments =
  <R>(
    fetching: Fetching,
    sink: AttachmentSink<R>,
    config: FetchConfig,
  ): OperatorFunction<ListedAttachment, Fetched<ListedAttachment, Downloaded<R>>> =>
  (attachments$) =>
    attachments$.pipe(
      adaptiveMergeMap(
        settle(
          (attachment) =>
            describe$({ wiki: fetching.client }, attachment).pipe(
              mergeMap((described) => download$(fetching, described, sink)),
            ),
          { isFatal: isFatalFetch },
        ),
        { ...config, limit$: fetching.attachmentLimit$ },
      ),
    );
