import type { Format } from '../../core/content.js';
import { type HeldFiles, settingChanges } from '../../core/mirror-settings.js';
import { MirrorMismatchError } from '../../errors/mirror-mismatch-error.js';
import type { EventBody } from '../../events/events.js';
import { isOfLater, lostStateIn, whyLost } from '../../store/lost-state.js';
import type { Sizes } from '../../store/record-table.js';
import type { ReadState } from '../../store/state-file.js';
import { rememberedIn } from './mirror-scope.js';
import type { ResolvedOptions } from './pull-options.js';
import type { Run } from './run.js';

/** What the records tell of a mirror. */
export interface Recorded {
  readonly sizes: Sizes;
  /** In which pages and blog posts are written. */
  readonly formats: ReadonlySet<Format>;
}

/** Says that the mirror remembers nothing any more, though it is one; undefined when it does. */
const lostState = (read: ReadState, sizes: Sizes): EventBody | undefined =>
  lostStateIn(read, sizes) && {
    type: 'warning',
    code: 'damaged-state',
    message: `${whyLost(read)}; it is made anew from the mirror and the wiki. What the mirror remembered of scope and settings is lost: what is not named now is as in a new one.`,
  };

/**
 * A mirror that remembers nothing must not lose by a default what it holds.
 * @throws MirrorMismatchError when comments would leave, or texts change their format, and nobody insists on it
 */
const checkLost = (
  { dir, comments, format, force }: ResolvedOptions,
  read: ReadState,
  { sizes, formats }: Recorded,
): void => {
  if (read.kind === 'read' || force) return;
  const [written] = formats;
  const named = [
    ...(written === undefined || formats.has(format) ? [] : [`\`format: '${written}'\``]),
    ...(!comments && sizes.comments.items > 0 ? ['`comments`'] : []),
  ];
  if (named.length === 0) return;
  throw new MirrorMismatchError(
    `"${dir}" does not tell any more what it is: ${whyLost(read)}. By what is asked for, files that it holds would leave.`,
    {
      hint: `Nothing was changed. ${isOfLater(read) ? 'Update rxsync. Or name' : 'Name'} what the mirror holds: ${named.join(' ')}, and what else it was pulled with; or pull again with \`force\`, if those files shall leave.`,
    },
  );
};

const heldFiles = ({ page, blogpost, attachment, comments }: Sizes): HeldFiles => ({
  texts: page.items + blogpost.items,
  attachments: attachment.files,
  comments: comments.files,
});

/**
 * Compares what is asked for with what the mirror remembers, and tells what is to be another way; before anything is
 * written.
 * @throws MirrorMismatchError when the mirror remembers nothing, and would lose what it holds
 */
export const recallSettings = (
  { options, notify }: Pick<Run, 'options' | 'notify'>,
  read: ReadState,
  recorded: Recorded,
): void => {
  checkLost(options, read, recorded);
  const lost = lostState(read, recorded.sizes);
  if (lost) notify(lost);
  const before = rememberedIn(read);
  if (before === undefined) return;
  for (const change of settingChanges(before, options, heldFiles(recorded.sizes)))
    notify({ type: 'setting.changed', ...change });
};
