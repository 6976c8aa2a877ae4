import type { LaneProgress, Progress, RatePaused } from '../../events/events.js';
import { humanBytes, humanCount, humanDuration, quantity } from '../../core/human.js';
import { pauseReason } from './notice.js';
import { longestHold, type ProgressView } from './progress-view.js';
import type { Style } from './style.js';

export interface Frame {
  readonly nowMs: number;
  /** Columns that may be used. */
  readonly width: number;
  readonly style: Style;
}

/** A lane as a line, before it is known what of it there is room for. */
interface Lane {
  readonly name: string;
  readonly share: number;
  readonly count: string;
  /** What stands behind the count. */
  readonly notes: readonly Note[];
}

interface Note {
  readonly text: string;
  /** What there is little room for: the lowest rank first. */
  readonly rank: number;
  readonly isBad?: boolean;
}

const LABEL = 'attachments'.length;
const GAP = '  ';
const BAR = { most: 26, least: 10 };

const laneOf = (name: string, { done, failed, total }: LaneProgress, notes: readonly Note[]): Lane => ({
  name,
  share: total === 0 ? 0 : (done + failed) / total,
  count: `${humanCount(done + failed)}/${humanCount(total)}`,
  notes: [...notes, ...(failed > 0 ? [{ text: `${humanCount(failed)} failed`, rank: 0, isBad: true }] : [])],
});

const lanesOf = ({ pages, attachments, comments, perSecond, bytes }: Progress): Lane[] => {
  const isPages = pages.done + pages.failed < pages.total;
  const rate: Note = { text: `${perSecond.toFixed(1)}/s`, rank: 1 };
  return [
    laneOf('pages', pages, isPages || attachments.total === 0 ? [rate] : []),
    ...(attachments.total > 0
      ? [
          laneOf('attachments', attachments, [
            ...(isPages ? [] : [rate]),
            { text: humanBytes(bytes), rank: 2 },
          ]),
        ]
      : []),
    ...(comments.total > 0 ? [laneOf('comments', comments, [])] : []),
  ];
};

/** The notes that there is room for, in their order. */
const fittingNotes = (notes: readonly Note[], room: number): readonly Note[] => {
  let left = room;
  const chosen = [...notes]
    .sort((one, other) => one.rank - other.rank)
    .filter(({ text }) => {
      left -= GAP.length + text.length;
      return left >= 0;
    });
  return notes.filter((note) => chosen.includes(note));
};

const lengthOf = (notes: readonly Note[]): number =>
  notes.reduce((sum, { text }) => sum + GAP.length + text.length, 0);

const bar = (share: number, length: number, { accent, faint }: Style): string => {
  const done = Math.floor(share * (length - 2));
  return `${faint('[')}${accent('='.repeat(done))}${faint(`${'-'.repeat(length - 2 - done)}]`)}`;
};

/** One line a lane; the bars are dropped first, then what is said behind the counts. */
const laneLines = (lanes: readonly Lane[], { width, style }: Frame): string[] => {
  const countWidth = Math.max(...lanes.map(({ count }) => count.length));
  const fitting = lanes.map(({ notes }) => fittingNotes(notes, width - LABEL - GAP.length - countWidth));
  const free = width - LABEL - GAP.length - countWidth - GAP.length - Math.max(...fitting.map(lengthOf));
  const barLength = Math.min(BAR.most, free);
  return lanes.map(({ name, share, count }, index) =>
    [
      name.padEnd(LABEL),
      ...(barLength < BAR.least ? [] : [bar(share, barLength, style)]),
      count.padStart(countWidth),
      ...(fitting[index] ?? []).map(({ text, isBad }) => (isBad ? style.bad(text) : text)),
    ].join(GAP),
  );
};

/** As many of the parts as there is room for; the first one in any case. */
const oneLine = ([first = '', ...others]: readonly string[], width: number): string =>
  others.reduce(
    (line, part) => (line.length + GAP.length + part.length > width ? line : line + GAP + part),
    first.slice(0, width),
  );

const paceLine = ({ etaMs, concurrency, requests }: Progress, { width }: Frame): string =>
  oneLine(
    [
      `eta ${etaMs === undefined ? '?' : humanDuration(etaMs)}`,
      `concurrency ${concurrency}`,
      quantity(requests, 'request'),
    ],
    width,
  );

const holdLine = ({ untilTs, reason, lane }: RatePaused, { nowMs, width, style }: Frame): string => {
  const whose = lane === undefined ? '' : `${lane}, `;
  const left = humanDuration(Math.max(0, Date.parse(untilTs) - nowMs));
  return style.caution(`waiting ${left}  ${whose}${pauseReason(reason)}`.slice(0, width));
};

/** What is drawn at the bottom of the terminal; nothing before there is anything to tell. */
export const progressBlock = (view: ProgressView, frame: Frame): string[] => {
  const { listing, progress } = view;
  const hold = longestHold(view, frame.nowMs);
  return [
    ...(progress
      ? [...laneLines(lanesOf(progress), frame), paceLine(progress, frame)].map((line) => line.trimEnd())
      : []),
    ...(listing && !progress
      ? [
          oneLine(
            [
              `listing: ${quantity(listing.pages, 'page')}`,
              quantity(listing.attachments, 'attachment'),
              quantity(listing.folders, 'folder'),
            ],
            frame.width,
          ),
        ]
      : []),
    ...(hold ? [holdLine(hold, frame)] : []),
  ];
};
