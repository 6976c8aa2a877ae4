import { printable } from '../../core/printable.js';
import type { Style } from './style.js';

/** What becomes of a file. */
export interface Change {
  readonly action: 'write' | 'move' | 'delete';
  readonly path: string;
  /** Of a move. */
  readonly from?: string;
  /** Of what is written. */
  readonly isNew?: boolean;
}

/** `+ path` of a new file, `~ path` of one written anew, `> from -> path` of a move, `- path` of a deletion. */
export const changeLine = ({ action, path, from = '', isNew }: Change, style: Style): string => {
  switch (action) {
    case 'write':
      return `${isNew === true ? style.good('+') : style.caution('~')} ${printable(path)}`;
    case 'move':
      return `${style.accent('>')} ${printable(from)} -> ${printable(path)}`;
    case 'delete':
      return `${style.bad('-')} ${printable(path)}`;
  }
};
