import { DEFAULT_SETTINGS, type MirrorOptions } from '../index.js';
import type { Definition } from './definition.js';

/** The flavors are the library's to check. */
const isFlavor = (text: string): text is NonNullable<MirrorOptions['flavor']> => text !== '';

/**
 * What a pull of the tenant is told beside space and folder. The fleet file is the whole truth: what it does not name is as in a
 * new mirror, whatever the mirror remembers.
 */
export const mirrorOptionsOf = ({ options }: Definition): Omit<MirrorOptions, 'dir' | 'space'> => {
  const { flavor = DEFAULT_SETTINGS.flavor, label = null, cql = null, ...others } = options;
  const { 'attachment-types': types = null, 'check-deletions': check, 'max-delete': maxDelete } = others;
  return {
    ancestor: null,
    label,
    cql,
    format: others.format ?? DEFAULT_SETTINGS.format,
    attachments: others.attachments ?? DEFAULT_SETTINGS.attachments,
    comments: others.comments ?? DEFAULT_SETTINGS.comments,
    labels: others.labels ?? DEFAULT_SETTINGS.labels,
    attachmentMaxBytes: null,
    attachmentTypes: types,
    ...(isFlavor(flavor) && { flavor }),
    ...(check !== undefined && { checkDeletions: check }),
    ...(maxDelete !== undefined && { maxDelete }),
  };
};
