import { compareIds } from './compare-ids.js';
import type { ListedAttachment } from './content.js';
import { createNamePool, isDeviceName } from './file-names.js';
import { attachmentsDirectory, MAX_PATH_BYTES } from './page-paths.js';
import { cutUtf8, utf8Length } from './utf8.js';

// Separators, what Windows forbids in a name, control and format characters (they can disguise a name), lone surrogates.
const UNSAFE = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const extensionOf = (name: string): string => /\.[\p{L}\p{N}_-]{1,12}$/u.exec(name)?.[0] ?? '';

/**
 * Puts `-<suffix>` before the extension so that the name fits into `maxBytes`: cuts the stem, and leaves the extension
 * out where there is no room for it.
 */
const withSuffix = (name: string, suffix: string, maxBytes: number): string => {
  const found = extensionOf(name);
  const extension = utf8Length(found) + suffix.length > maxBytes ? '' : found;
  const room = maxBytes - utf8Length(extension) - suffix.length - 1;
  const stem = cutUtf8(name.slice(0, name.length - found.length), room);
  return stem === '' ? suffix + extension : `${stem}-${suffix}${extension}`;
};

/** An attachment's own name made safe for every file system; empty when nothing of it is left. */
export const safeFileName = (title: string): string => {
  const name = title
    .normalize('NFC')
    .replace(UNSAFE, '_')
    .replace(/[. ]+$/, '')
    .replace(/^ +/, '');
  return isDeviceName(name) ? `_${name}` : name;
};

const nameFor = (
  attachment: ListedAttachment,
  maxBytes: number,
): { wish: string; other: (n: number) => string } => {
  const name = safeFileName(attachment.title);
  const other = (attempt: number): string =>
    withSuffix(name, attempt === 1 ? attachment.id : `${attachment.id}-${attempt}`, maxBytes);
  if (name === '') return { wish: attachment.id, other };
  return { wish: utf8Length(name) > maxBytes ? other(1) : name, other };
};

/** An attachment with its path in the mirror. */
export interface PlacedAttachment {
  readonly attachment: ListedAttachment;
  readonly path: string;
}

/**
 * Gives every attachment of a page its path; `base`: that of the page, without extension. Names that are equal ignoring
 * case: the lowest id keeps the name, the others get `-<attachment id>`.
 */
export const placeAttachments = (
  attachments: Iterable<ListedAttachment>,
  base: string,
): readonly PlacedAttachment[] => {
  const directory = attachmentsDirectory(base);
  const maxBytes = MAX_PATH_BYTES - utf8Length(directory) - 1;
  const pool = createNamePool();
  return [...attachments]
    .sort((a, b) => compareIds(a.id, b.id))
    .map((attachment) => {
      const { wish, other } = nameFor(attachment, maxBytes);
      return { attachment, path: `${directory}/${pool(wish, other)}` };
    });
};
