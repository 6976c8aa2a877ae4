import { encodeEvent } from '../../events/encode-event.js';
import type { RxsyncEvent } from '../../events/events.js';
import { blockRenderer } from './block-renderer.js';
import type { LiveTerminal } from './live-terminal.js';
import { plainRenderer } from './plain-renderer.js';
import type { Look, Renderer } from './renderer.js';

export const PROGRESS_MODES = ['auto', 'bar', 'plain', 'ndjson', 'none'] as const;
export type ProgressMode = (typeof PROGRESS_MODES)[number];

export interface Screen {
  readonly terminal: LiveTerminal;
  /** `TERM`: what the terminal can do. */
  readonly term: string | undefined;
}

/** Warnings of how a pull works: it takes longer, and its mirror is what it is without. */
const HINTS: ReadonlySet<string> = new Set([
  'announced-rate-limit',
  'listed-by-page',
  'listed-by-tree',
  'near-rate-limit',
  'stale-checkpoint',
]);

/** Whether an event is told where no progress is shown. */
const isToldAlways = (event: RxsyncEvent, { isQuiet = false }: Look): boolean =>
  event.type === 'warning' && !(isQuiet && HINTS.has(event.code));

const canDraw = ({ terminal, term }: Screen): boolean => term !== 'dumb' && terminal.columns() > 0;

/**
 * `none` shows warnings only. `auto` is a block of live lines on a terminal and plain lines elsewhere; a terminal that cannot draw gets plain lines in
 * any case. NDJSON goes to stdout, all else to stderr.
 */
export const chooseRenderer = (mode: ProgressMode, screen: Screen, look: Look): Renderer => {
  const { terminal } = screen;
  const plain = plainRenderer(terminal.err, look);
  switch (mode) {
    case 'none':
      return {
        ...plain,
        render: (event) => {
          if (isToldAlways(event, look)) plain.render(event);
        },
      };
    case 'ndjson':
      return { ...plain, render: (event) => terminal.out(encodeEvent(event)) };
    case 'bar':
      return canDraw(screen) ? blockRenderer(terminal, look) : plain;
    case 'plain':
      return plain;
    case 'auto':
      return chooseRenderer(terminal.isErrTty ? 'bar' : 'plain', screen, look);
  }
};
