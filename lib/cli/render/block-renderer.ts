import { labelled, labelWidth } from './labelled.js';
import type { LiveTerminal } from './live-terminal.js';
import { notice } from './notice.js';
import { progressBlock } from './progress-block.js';
import { longestHold, nextView, NOTHING_YET } from './progress-view.js';
import type { Look, Renderer } from './renderer.js';

/** Room for what a terminal echoes when Ctrl-C is pressed. */
const MARGIN = 3;
const SECOND_MS = 1000;

/**
 * Keeps a block of lines at the bottom of a terminal, one a lane; notices scroll above it. Holds are counted down every
 * second, and a resize draws it anew at once.
 */
export const blockRenderer = (terminal: LiveTerminal, look: Look): Renderer => {
  const live = terminal.openLines();
  let view = NOTHING_YET;
  let clock: NodeJS.Timeout | undefined;
  const draw = (): void => {
    const nowMs = Date.now();
    const width = Math.max(1, terminal.columns() - MARGIN);
    const lines = progressBlock(view, { nowMs, width, style: look.style });
    live.draw(
      look.label === undefined || lines.length === 0 ? lines : [look.label.slice(0, width), ...lines],
    );
    clearTimeout(clock);
    if (longestHold(view, nowMs)) clock = setTimeout(draw, SECOND_MS).unref();
  };
  const endResize = terminal.onResize(draw);
  return {
    render: (event) => {
      // A hold is counted down in the block.
      const fitting = { ...look, width: Math.max(1, terminal.columns() - labelWidth(look)) };
      const text = event.type === 'rate.paused' && !look.isVerbose ? undefined : notice(event, fitting);
      if (text !== undefined) terminal.err(`${labelled(text, look)}\n`);
      const next = nextView(view, event);
      if (next === view) return;
      view = next;
      draw();
    },
    end: () => {
      endResize();
      clearTimeout(clock);
      live.clear();
    },
  };
};
