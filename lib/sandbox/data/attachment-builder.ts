import { type Attachment, type Content } from '../wiki/model.js';
import { type BuildContext, generatedFields } from './build-context.js';
import { mediaTypeOf } from './file-bytes.js';
import { NASTY_FILE_NAMES } from './nasty-names.js';
import { itemAt } from './prng.js';

const NAMES = ['diagram', 'screenshot', 'report', 'minutes', 'Übersicht', 'export data', 'logo'] as const;
const ENDINGS = ['png', 'png', 'jpg', 'txt', 'csv', 'pdf', 'svg', 'zip', 'html'] as const;
const LARGE_BYTES = 2_097_152;

const sizeOf = ({ prng }: BuildContext, index: number): number => {
  if (index === 1 || index === 99) return LARGE_BYTES + prng.int(1000);
  if (index === 2 || prng.chance(0.01)) return 0;
  return 1024 + Math.floor(prng.next() ** 3 * 99 * 1024);
};

/** The name of the `ordinal`-th file of a page: no two files of a page have the same. */
const nameOf = ({ prng, nasty }: BuildContext, container: Content, ordinal: number): string =>
  nasty && ordinal < NASTY_FILE_NAMES.length
    ? itemAt(NASTY_FILE_NAMES, Number(container.id) + ordinal)
    : `${prng.pick(NAMES)}-${ordinal + 1}.${prng.pick(ENDINGS)}`;

/** Attaches `count` files to the given pages and blog posts. */
export const buildAttachments = (
  context: BuildContext,
  containers: readonly Content[],
  count: number,
): void => {
  const { prng, state } = context;
  const ordinals = new Map<Content, number>();
  for (let index = 0; index < count; index += 1) {
    const container = prng.pick(containers);
    const ordinal = ordinals.get(container) ?? 0;
    ordinals.set(container, ordinal + 1);
    const title = nameOf(context, container, ordinal);
    const attachment: Attachment = {
      ...generatedFields(context, container.createdAt),
      type: 'attachment',
      id: state.ids.attachment(),
      spaceId: container.spaceId,
      containerId: container.id,
      title,
      mediaType: mediaTypeOf(title),
      fileSize: sizeOf(context, index),
      comment: prng.chance(0.1) ? 'Added after the meeting' : '',
    };
    state.store.put(attachment);
  }
};
