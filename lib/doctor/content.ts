import type { Readable } from 'node:stream';
import type { WikiClient } from '../confluence/wiki-client.js';
import type { ListedAttachment, ListedPage } from '../core/content.js';
import { type Answer, answerTo } from './answer.js';
import { type Finding, failure, ok, skipped, warning } from './finding.js';

/** Bodies that are asked for in one request. */
const SAMPLE = 25;

/** One page by itself. */
export const pageFinding = async (wiki: WikiClient, page: ListedPage | undefined): Promise<Finding> => {
  if (page === undefined)
    return warning(
      'page',
      'The account sees no page in the space: a pull would bring none.',
      'If there are pages, ask for permission to view them, or use the credentials of an account that has it.',
    );
  const answer = await answerTo(wiki.fetchPage$(page.kind, page.id, 'markdown'));
  return 'error' in answer ? failure('page', answer.error) : ok('page', `"${page.title}" can be read.`);
};

/** Some bodies as a pull asks for them. */
export interface Bodies {
  readonly asked: number;
  readonly came: number;
  readonly bytes: number;
}

export const bodiesAnswer = async (
  wiki: WikiClient,
  pages: readonly ListedPage[],
): Promise<Answer<Bodies> | undefined> => {
  const ids = pages.slice(0, SAMPLE).map(({ id }) => id);
  if (ids.length === 0) return undefined;
  const answer = await answerTo(wiki.fetchPages$('page', ids, 'markdown'));
  if ('error' in answer) return answer;
  const bytes = answer.value.reduce((sum, { body = '' }) => sum + Buffer.byteLength(body), 0);
  return { value: { asked: ids.length, came: answer.value.length, bytes } };
};

const average = ({ bytes, came }: Bodies): string =>
  Math.round(bytes / Math.max(1, came)).toLocaleString('en-US');

export const bodiesFinding = (answer: Answer<Bodies> | undefined): Finding => {
  if (answer === undefined) return skipped('bodies', 'No page is known to read.');
  if ('error' in answer) return failure('bodies', answer.error);
  const { asked, came } = answer.value;
  if (came < asked)
    return warning(
      'bodies',
      `${asked} pages were asked for at once, and ${came} came.`,
      'A pull asks for the others one by one: it is slower, and nothing is lost.',
    );
  return ok('bodies', `${came} pages came at once, of ${average(answer.value)} bytes on average.`);
};

const countBytes = async (stream: Readable): Promise<number> => {
  let bytes = 0;
  for await (const chunk of stream) bytes += Buffer.isBuffer(chunk) ? chunk.length : 0;
  return bytes;
};

/** A download, and how fast it was. */
export interface Transfer {
  readonly bytes: number;
  readonly tookMs: number;
}

export const transferAnswer = async (
  wiki: WikiClient,
  attachment: ListedAttachment | undefined,
  now: () => number,
): Promise<Answer<Transfer> | undefined> => {
  if (attachment === undefined) return undefined;
  const startedAtMs = now();
  const answer = await answerTo(wiki.download$(attachment, ({ stream }) => countBytes(stream)));
  return 'error' in answer ? answer : { value: { bytes: answer.value, tookMs: now() - startedAtMs } };
};

export const attachmentFinding = (
  attachment: ListedAttachment | undefined,
  answer: Answer<Transfer> | undefined,
): Finding => {
  if (attachment === undefined || answer === undefined)
    return skipped('attachment', 'No attachment is known to download.');
  if ('error' in answer) return failure('attachment', answer.error);
  const { bytes, tookMs } = answer.value;
  return ok(
    'attachment',
    `"${attachment.title}" came from the media host (${bytes.toLocaleString('en-US')} bytes in ${Math.round(tookMs)} ms).`,
  );
};

/** A small file tells as much as a large one; an empty one, or one without a stated size, tells little. */
export const smallest = (attachments: readonly ListedAttachment[]): ListedAttachment | undefined => {
  const sizeOf = ({ sizeBytes = 0 }: ListedAttachment): number => (sizeBytes === 0 ? Infinity : sizeBytes);
  return attachments
    .filter(({ pageId }) => pageId !== '')
    .reduce<ListedAttachment | undefined>(
      (least, each) => (least === undefined || sizeOf(each) < sizeOf(least) ? each : least),
      undefined,
    );
};
