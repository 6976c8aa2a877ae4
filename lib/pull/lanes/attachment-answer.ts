import { type Observable, catchError, map, of } from 'rxjs';
import type { MediaAnswer } from '../../confluence/media.js';
import type { WikiClient } from '../../confluence/wiki-client.js';
import type { ListedAttachment } from '../../core/content.js';
import { isUnspecific } from '../../core/media-type.js';
import { MediaError } from '../../errors/media-error.js';
import { isFatal } from '../run/failure.js';
import type { Run } from '../run/run.js';

/** Whether an answer may be of the type that the wiki states. */
const isOfType = ({ contentType }: MediaAnswer, { mediaType }: ListedAttachment): boolean =>
  isUnspecific(contentType) || isUnspecific(mediaType) || mediaType?.startsWith(contentType ?? '') === true;

/**
 * How long the file must be. The stated size may be wrong: what comes whole by its own length, which is the same a second
 * time, is taken for right if its type is. An empty answer for a file that is not known to be empty is none.
 */
export const lengthJudge = ({ notify }: Pick<Run, 'notify'>, attachment: ListedAttachment) => {
  const { id, title, sizeBytes } = attachment;
  let before: number | undefined;
  return (answer: MediaAnswer): number | undefined => {
    const { lengthBytes } = answer;
    if (sizeBytes === undefined && lengthBytes === 0)
      throw new MediaError('media-length', 'The media host sends nothing.');
    if (sizeBytes === undefined || lengthBytes === undefined || lengthBytes === sizeBytes)
      return lengthBytes ?? sizeBytes;
    if (before === lengthBytes && lengthBytes > 0 && isOfType(answer, attachment)) {
      notify({
        type: 'warning',
        code: 'wrong-size',
        message: `The wiki states ${sizeBytes} bytes for attachment ${id} "${title}", and sends ${lengthBytes}, which is stored.`,
      });
      return lengthBytes;
    }
    before = lengthBytes;
    throw new MediaError(
      'media-length',
      `The media host sends ${lengthBytes} bytes, where the wiki states ${sizeBytes}.`,
    );
  };
};

/** With size and type by its id where the listing tells neither: without both any answer would pass for the file. */
export const describe$ = (
  { wiki }: { readonly wiki: Pick<WikiClient, 'attachment$'> },
  attachment: ListedAttachment,
): Observable<ListedAttachment> => {
  if (attachment.sizeBytes !== undefined || attachment.mediaType !== undefined) return of(attachment);
  return wiki.attachment$(attachment.id).pipe(
    map((found) => ({
      ...attachment,
      sizeBytes: found?.attachment.sizeBytes,
      mediaType: found?.attachment.mediaType,
    })),
    catchError((error: unknown) => {
      if (isFatal(error)) throw error;
      return of(attachment);
    }),
  );
};
