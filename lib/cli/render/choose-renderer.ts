import { encodeEvent } from '../../events/encode-event.js';
import { barRenderer } from './bar-renderer.js';
import { plainRenderer } from './plain-renderer.js';
import type { Renderer } from './renderer.js';

export const PROGRESS_MODES = ['auto', 'bar', 'plain', 'ndjson', 'none'] as const;
export type ProgressMode = (typeof PROGRESS_MODES)[number];

export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly isErrTty: boolean;
  readonly columns: () => number;
}

/** `auto` is a bar on a terminal and plain lines elsewhere; NDJSON goes to stdout, all else to stderr. */
export const chooseRenderer = (mode: ProgressMode, terminal: Terminal, isVerbose: boolean): Renderer => {
  const plain = plainRenderer(terminal.err, isVerbose);
  switch (mode) {
    case 'none':
      return { ...plain, render: () => undefined };
    case 'ndjson':
      return { ...plain, render: (event) => terminal.out(encodeEvent(event)) };
    case 'bar':
      return barRenderer(terminal.err, terminal.columns, isVerbose);
    case 'plain':
      return plain;
    case 'auto':
      return chooseRenderer(terminal.isErrTty ? 'bar' : 'plain', terminal, isVerbose);
  }
};
