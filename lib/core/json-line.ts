import { unicodeEscape } from './unicode-escape.js';

/** What JSON leaves as it is although it acts on a terminal, or ends a line for some readers. */
const UNESCAPED = /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu;

/** A value as one line of NDJSON, with its line feed; control characters in texts are escaped. */
export const jsonLine = (value: unknown): string =>
  `${JSON.stringify(value).replace(UNESCAPED, unicodeEscape)}\n`;
