import picomatch from 'picomatch';
import { safeFileName } from './attachment-paths.js';
import type { ListedAttachment } from './content.js';

/** Which attachments come into the mirror; what is absent leaves none out. */
export interface AttachmentFilter {
  /** By the size that the wiki states; one without a stated size comes. */
  readonly attachmentMaxBytes?: number;
  /** See {@link attachmentTypeRule}. With none but exclusions all others come. */
  readonly attachmentTypes?: readonly string[];
}

/** What stands before the slash of a media type. */
const TOP_LEVELS: ReadonlySet<string> = new Set([
  ...[
    'application',
    'audio',
    'chemical',
    'font',
    'haptics',
    'image',
    'message',
    'model',
    'multipart',
    'text',
  ],
  'video',
]);

const WILDCARD = /[*?[{]/;

const isExclusion = (type: string): boolean => type.startsWith('!');

const withoutMark = (type: string): string => (isExclusion(type) ? type.slice(1) : type);

/** A class of characters, closed and of some. */
const CLASS = /\[(?:\]|[!^]\]|[^\]])[^\]]*\]/g;
/** Several to choose from. */
const CHOICE = /\{[^{}]*(?:,|\.\.)[^{}]*\}/g;

/** `{a,{b,c}}`, from the inside. */
const withoutChoices = (pattern: string): string => {
  const outer = pattern.replaceAll(CHOICE, 'x');
  return outer === pattern ? pattern : withoutChoices(outer);
};

/** Whether a bracket or brace stands for itself without being marked: that is no name which anybody means. */
const isBroken = (pattern: string): boolean =>
  /[[{]/.test(withoutChoices(pattern.replaceAll(/\\./gs, 'x').replaceAll(CLASS, 'x')));

/**
 * What is wrong with a type of attachments, to follow "must"; undefined when nothing is. A type is an extension (`pdf`), a
 * pattern of names (`report-*.pdf`) or, with a slash, one of media types (`image/*`); after `!` it leaves out.
 */
export const attachmentTypeRule = (type: string): string | undefined => {
  const pattern = withoutMark(type);
  if (isBroken(pattern))
    return 'close each [ and { of a pattern, with several to choose from (report-*.{pdf,docx}), or mark it by a backslash';
  const [top = '', ...rest] = pattern.split('/');
  if (pattern === '' || /\s/.test(pattern.slice(0, 1)))
    return 'name extensions (pdf), names (report-*.pdf) or media types (image/*)';
  if (pattern.includes('\\') && !WILDCARD.test(pattern)) return 'have no backslash: names of files have none';
  if (rest.length === 0)
    return TOP_LEVELS.has(pattern) ? `name media types with their second part (${pattern}/*)` : undefined;
  if (rest.length === 1 && rest[0] !== '' && (WILDCARD.test(top) || TOP_LEVELS.has(top))) return undefined;
  return 'name media types that there are (image/*, application/pdf)';
};

/** Types in one form, each once: the order in which they are given does not count. */
export const attachmentTypesOf = (given: readonly string[]): readonly string[] =>
  [
    ...new Set(
      given.map((type) =>
        type
          .trim()
          .normalize('NFC')
          .toLowerCase()
          .replace(/^(!?)\./, '$1'),
      ),
    ),
  ].sort();

/** Names stand for themselves, whatever a shell would make of their dots and slashes. */
const GLOB = { bash: true, dot: true, nocase: true, windows: false } as const;

type Test = (attachment: ListedAttachment) => boolean;

const testOf = (type: string): Test => {
  const isMatch = picomatch(type, GLOB);
  if (type.includes('/')) return ({ mediaType = '' }) => isMatch(mediaType.replace(/\s*;.*$/s, ''));
  if (WILDCARD.test(type)) return ({ title }) => isMatch(safeFileName(title));
  return ({ title }) => {
    const name = safeFileName(title).toLowerCase();
    return name === type || name.endsWith(`.${type}`);
  };
};

const isFilter = ({ attachmentMaxBytes, attachmentTypes }: AttachmentFilter): boolean =>
  attachmentMaxBytes !== undefined || attachmentTypes !== undefined;

/** Whether settings leave attachments out to which pages may refer. */
export const leavesOut = ({
  attachments,
  ...filter
}: AttachmentFilter & { readonly attachments: string }): boolean =>
  attachments === 'none' || isFilter(filter);

/** Whether an attachment comes; undefined when nothing is left out. */
export const attachmentFilter = (filter: AttachmentFilter): Test | undefined => {
  if (!isFilter(filter)) return undefined;
  const { attachmentMaxBytes: maxBytes = Infinity, attachmentTypes: types = [] } = filter;
  const wanted = types.filter((type) => !isExclusion(type)).map(testOf);
  const excluded = types.filter(isExclusion).map((type) => testOf(withoutMark(type)));
  return (attachment) =>
    (attachment.sizeBytes ?? 0) <= maxBytes &&
    (wanted.length === 0 || wanted.some((isMatch) => isMatch(attachment))) &&
    !excluded.some((isMatch) => isMatch(attachment));
};
