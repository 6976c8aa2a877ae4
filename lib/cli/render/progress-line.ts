import type { LaneProgress, Progress } from '../../events/events.js';
import { humanBytes, humanDuration } from '../../core/human.js';

const lane = (name: string, { done, failed, total }: LaneProgress): string =>
  `${name} ${done + failed}/${total}${failed > 0 ? ` (${failed} failed)` : ''}`;

/** `pages 50/100 (2 failed)  12.4/s  attachments 120/400 18 MB  concurrency 6  eta 0:41` */
export const progressLine = (progress: Progress): string => {
  const { pages, attachments, comments, perSecond, etaMs, concurrency, bytes } = progress;
  const isPages = pages.done + pages.failed < pages.total;
  const rate = `${perSecond.toFixed(1)}/s`;
  return [
    lane('pages', pages),
    ...(isPages ? [rate] : []),
    ...(attachments.total > 0 ? [`${lane('attachments', attachments)} ${humanBytes(bytes)}`] : []),
    ...(isPages || attachments.total === 0 ? [] : [rate]),
    ...(comments.total > 0 ? [lane('comments', comments)] : []),
    `concurrency ${concurrency}`,
    ...(etaMs === undefined ? [] : [`eta ${humanDuration(etaMs)}`]),
  ].join('  ');
};
