import { labelled } from './labelled.js';
import { notice } from './notice.js';
import { progressLine } from './progress-line.js';
import type { Look, Renderer, Write } from './renderer.js';

const EVERY_MS = 5_000;

/** Writes whole lines: notices as they come, the progress every few seconds. For logs. */
export const plainRenderer = (write: Write, look: Look): Renderer => {
  let lastMs = -Infinity;
  return {
    render: (event) => {
      const text = notice(event, look);
      if (text !== undefined) write(`${labelled(text, look)}\n`);
      const atMs = Date.parse(event.ts);
      if (
        event.type !== 'progress' ||
        event.pages.total + event.attachments.total === 0 ||
        atMs - lastMs < EVERY_MS
      )
        return;
      lastMs = atMs;
      write(`${labelled(progressLine(event), look)}\n`);
    },
    end: () => undefined,
  };
};
