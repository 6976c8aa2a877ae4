import type { Comment, Content } from '../wiki/model.js';
import { type BuildContext, generatedFields } from './build-context.js';
import { uuidOf } from './prng.js';
import { SUBJECTS } from './words.js';

const anchor = ({ prng }: BuildContext, id: string) =>
  ({
    location: 'inline',
    resolution: prng.chance(0.3) ? 'resolved' : 'open',
    markerRef: uuidOf('marker', id),
    selection: `the ${prng.pick(SUBJECTS)}`,
    parentCommentId: null,
  }) as const;

const reply = (parent: Comment) =>
  ({
    location: parent.location,
    resolution: 'open',
    markerRef: null,
    selection: null,
    parentCommentId: parent.id,
  }) as const;

const FOOTER = {
  location: 'footer',
  resolution: 'open',
  markerRef: null,
  selection: null,
  parentCommentId: null,
} as const;

/** Adds `count` comments to the given pages: three in five at the foot, one in five inline, the rest replies. */
export const buildComments = (context: BuildContext, containers: readonly Content[], count: number): void => {
  const { prng, state } = context;
  const threads: Comment[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = state.ids.comment();
    const kind = prng.int(5);
    const parent = kind === 4 && threads.length > 0 ? prng.pick(threads) : undefined;
    const container = parent === undefined ? prng.pick(containers) : undefined;
    const place = parent === undefined ? (kind === 3 ? anchor(context, id) : FOOTER) : reply(parent);
    const comment: Comment = {
      ...generatedFields(context, parent?.createdAt ?? container?.createdAt),
      ...place,
      type: 'comment',
      id,
      spaceId: parent?.spaceId ?? container?.spaceId ?? '',
      containerId: parent?.containerId ?? container?.id ?? '',
      title: `Re: ${(container?.title ?? parent?.title ?? '').replace(/^Re: /, '')}`,
    };
    state.store.put(comment);
    if (threads.push(comment) > 200) threads.shift();
  }
};
