import { notice } from './notice.js';
import { progressLine } from './progress-line.js';
import type { Renderer, Write } from './renderer.js';

const CLEAR_LINE = '\r\u001b[2K';

/** Keeps one live line at the bottom of a terminal; notices scroll above it. */
export const barRenderer = (write: Write, columns: () => number, isVerbose: boolean): Renderer => {
  let line = '';
  const draw = (): void => write(CLEAR_LINE + line.slice(0, Math.max(10, columns() - 1)));
  const above = (text: string): void => write(`${CLEAR_LINE}${text}\n`);
  return {
    render: (event) => {
      const text = notice(event, isVerbose);
      if (text !== undefined) above(text);
      if (event.type === 'inventory.progress')
        line = `listing: pages ${event.pages}  folders ${event.folders}  attachments ${event.attachments}`;
      if (event.type === 'progress' && event.pages.total + event.attachments.total > 0)
        line = progressLine(event);
      if (text !== undefined || event.type === 'inventory.progress' || event.type === 'progress') draw();
    },
    note: (text) => {
      above(text);
      draw();
    },
    end: () => write(CLEAR_LINE),
  };
};
