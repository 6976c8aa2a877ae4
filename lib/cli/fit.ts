import { wrapWords } from './render/wrap-words.js';
import type { Terminal } from './terminal.js';

/** Text for stderr: wrapped between words on a terminal, else as it is, for logs. */
export const fitErr = (
  text: string,
  { isErrTty, columns }: Pick<Terminal, 'isErrTty' | 'columns'>,
): string => (isErrTty ? wrapWords(text, columns()) : text);

/** Text for stdout: wrapped between words on a terminal, else as it is, for programs. */
export const fitOut = (
  text: string,
  { isOutTty, columns }: Pick<Terminal, 'isOutTty' | 'columns'>,
): string => (isOutTty ? wrapWords(text, columns()) : text);
