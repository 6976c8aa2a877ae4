import type { MirrorOptions } from '../index.js';
import type { Definition } from './definition.js';

/** The flavors are the library's to check. */
const isFlavor = (text: string): text is NonNullable<MirrorOptions['flavor']> => text !== '';

/** What a pull of the tenant is told beside space and folder. */
export const mirrorOptionsOf = ({ options }: Definition): Omit<MirrorOptions, 'dir' | 'space'> => {
  const { label, cql, format, flavor, attachments, comments, labels } = options;
  const { 'attachment-types': types, 'check-deletions': check, 'max-delete': maxDelete } = options;
  return {
    label,
    cql,
    format,
    attachments,
    comments,
    labels,
    attachmentTypes: types,
    ...(flavor !== undefined && isFlavor(flavor) && { flavor }),
    ...(check !== undefined && { checkDeletions: check }),
    ...(maxDelete !== undefined && { maxDelete }),
  };
};
