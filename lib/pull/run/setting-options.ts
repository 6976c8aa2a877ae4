import type { Flavor } from '../../convert/index.js';
import { attachmentTypeRule, attachmentTypesOf } from '../../core/attachment-filter.js';
import { compareIds } from '../../core/compare-ids.js';
import { type NamedContent, parseContentAddress } from '../../core/content-address.js';
import type { Format } from '../../core/content.js';
import { looseEnd } from '../../core/cql.js';
import {
  ATTACHMENT_MODES,
  type AttachmentMode,
  DEFAULT_SETTINGS,
  FLAVORS,
  FORMATS,
  type MirrorSettings,
} from '../../core/mirror-settings.js';
import { OptionsError } from '../../errors/options-error.js';
import { flag, given, oneOf, text } from './check-options.js';

/**
 * What a mirror is. It is recorded with the mirror: an option that is not given (or undefined) is what the mirror
 * remembers, and only in a new mirror its default. One that is given and different is told as `setting.changed`, before
 * anything is written.
 */
export interface SettingOptions {
  /**
   * Only these pages and folders and what is below them, each by its id or by its address in the space; at most 100. null: no
   * matter below what, whatever the mirror remembers.
   */
  readonly ancestor?: string | readonly string[] | null | undefined;
  /** Only pages with this label; null: with any or none. */
  readonly label?: string | null | undefined;
  /** Only pages that this CQL finds; null: all. */
  readonly cql?: string | null | undefined;
  /** @default markdown */
  readonly format?: Format | undefined;
  /** The dialect in which Markdown is written: pages, and comments in any format. @default github */
  readonly flavor?: Flavor | undefined;
  /** @default all */
  readonly attachments?: AttachmentMode | undefined;
  /** Only attachments of at most so many bytes, by the size that the wiki states; null: of any size. */
  readonly attachmentMaxBytes?: number | null | undefined;
  /**
   * Only attachments of these types: extensions (`pdf`), patterns of names (`report-*.pdf`) or of media types (`image/*`), after
   * `!` those that are left out; null: of any type.
   */
  readonly attachmentTypes?: readonly string[] | null | undefined;
  /** @default false */
  readonly comments?: boolean | undefined;
  /** Labels into the front matter. @default false */
  readonly labels?: boolean | undefined;
}

/** More make too long a request. */
const MAX_ANCESTORS = 100;

/**
 * The pages and folders that an `ancestor` names.
 * @throws OptionsError for what is neither an id nor an address of a page or folder
 */
export const namedAncestors = (ancestor: string | readonly string[]): readonly NamedContent[] => {
  const given = [ancestor].flat();
  if (given.length === 0 || given.length > MAX_ANCESTORS)
    throw new OptionsError('ancestor', given.length, `name from 1 to ${MAX_ANCESTORS} pages or folders`);
  return given.map((each) => {
    const named = typeof each === 'string' ? parseContentAddress(each) : undefined;
    if (named !== undefined) return named;
    throw new OptionsError(
      'ancestor',
      each,
      'be the id of a page or folder, a number, or its address as a browser shows it (https://…/wiki/spaces/KEY/pages/ID)',
    );
  });
};

const ancestorIds = (ancestor: string | readonly string[]): readonly string[] =>
  [...new Set(namedAncestors(ancestor).map(({ id }) => id))].sort(compareIds);

const maxBytes = (bytes: number): number => {
  if (!Number.isSafeInteger(bytes) || bytes < 1)
    throw new OptionsError('attachmentMaxBytes', bytes, 'be a whole number of bytes from 1');
  return bytes;
};

const fileTypes = (given: readonly string[]): readonly string[] => {
  if (!Array.isArray(given) || !given.every((type) => typeof type === 'string'))
    throw new OptionsError('attachmentTypes', given, 'be a list of types');
  const types = attachmentTypesOf(given);
  if (types.length === 0) throw new OptionsError('attachmentTypes', undefined, 'name a type');
  for (const type of types) {
    const rule = attachmentTypeRule(type);
    if (rule !== undefined) throw new OptionsError('attachmentTypes', type, rule);
  }
  return types;
};

const labelName = (label: string): string => text('label', label, 'be the name of a label');

/**
 * A search of one's own is joined with further conditions, and in an order that stays while it is read.
 * @throws OptionsError
 */
export const condition = (cql: string): string => {
  text('cql', cql, 'be a condition');
  if (/\border\s+by\b/i.test(cql.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')))
    throw new OptionsError(
      'cql',
      cql,
      'be a condition without "order by": the mirror has an order of its own',
    );
  const loose = looseEnd(cql);
  if (loose !== undefined) throw new OptionsError('cql', cql, `be a whole condition, without ${loose}`);
  return cql;
};

/** What is asked for, else what is remembered; nothing where null is asked for. */
const chosen = <T>(asked: T | null | undefined, remembered: T | undefined): T | undefined =>
  asked === undefined ? remembered : (asked ?? undefined);

/**
 * The settings that are asked for, in place of the others those that the mirror remembers, then the defaults.
 * @throws OptionsError naming option, value and rule
 */
export const resolveSettings = (
  asked: SettingOptions,
  remembered: Partial<MirrorSettings>,
): MirrorSettings => {
  const before: MirrorSettings = { ...DEFAULT_SETTINGS, ...remembered };
  const ancestor = chosen(asked.ancestor, before.ancestor);
  const label = chosen(asked.label, before.label);
  const cql = chosen(asked.cql, before.cql);
  const attachmentMaxBytes = chosen(asked.attachmentMaxBytes, before.attachmentMaxBytes);
  const attachmentTypes = chosen(asked.attachmentTypes, before.attachmentTypes);
  return {
    ...(ancestor !== undefined && { ancestor: ancestorIds(ancestor) }),
    ...(label !== undefined && { label: labelName(label) }),
    ...(cql !== undefined && { cql: condition(cql) }),
    format: oneOf('format', given(asked.format, before.format), FORMATS),
    flavor: oneOf('flavor', given(asked.flavor, before.flavor), FLAVORS),
    attachments: oneOf('attachments', given(asked.attachments, before.attachments), ATTACHMENT_MODES),
    ...(attachmentMaxBytes !== undefined && { attachmentMaxBytes: maxBytes(attachmentMaxBytes) }),
    ...(attachmentTypes !== undefined && { attachmentTypes: fileTypes(attachmentTypes) }),
    comments: flag('comments', given(asked.comments, before.comments)),
    labels: flag('labels', given(asked.labels, before.labels)),
  };
};
