import type { Look } from './renderer.js';

/** A text with the name of its run before it, where several are shown at once. */
export const labelled = (text: string, { label, style }: Look): string =>
  label === undefined ? text : `${style.faint(`${label}:`)} ${text}`;

/** Columns that the name of a run takes. */
export const labelWidth = ({ label }: Look): number => (label === undefined ? 0 : label.length + ': '.length);
