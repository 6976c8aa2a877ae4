import { collapsed } from './reading.js';
import type { Reading } from './reading.js';

/** A piece of storage format and what a reader must see of it. */
export interface Piece extends Reading {
  readonly storage: string;
}

export const NOTHING = { text: '', links: [], images: [], codes: [], shape: '' };

/** Stand in expected text around code, around a label, and for a picture: labels do not run into other labels or code. */
export const CODE = '\ue000';
export const LABEL = '\ue001';
export const PICTURE = '\ue002';

/** Expected text as a reader sees it. */
export const shown = (text: string): string =>
  collapsed(text.replace(/\ue000\ue001|\ue001[\ue000\ue001]/g, ' ').replace(/[\ue000-\ue002]/g, ''));

export const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

export const join = (pieces: readonly Piece[], separator = ''): Piece => ({
  storage: pieces.map(({ storage }) => storage).join(''),
  text: pieces.map(({ text }) => text).join(separator),
  links: pieces.flatMap(({ links }) => links),
  images: pieces.flatMap(({ images }) => images),
  codes: pieces.flatMap(({ codes }) => codes),
  shape: pieces.map(({ shape }) => shape).join(''),
});

export const around = (before: string, inner: Piece, after: string): Piece => ({
  ...inner,
  storage: before + inner.storage + after,
});

export const element = (tag: string, inner: Piece, attributes = ''): Piece =>
  around(`<${tag}${attributes}>`, inner, `</${tag}>`);

/** A macro with its parameters and the storage format of its bodies. */
export const macro = (name: string, parameters: Readonly<Record<string, string>>, bodies = ''): string =>
  `<ac:structured-macro ac:name="${name}">${Object.entries(parameters)
    .map(([key, value]) => `<ac:parameter ac:name="${key}">${escapeXml(value)}</ac:parameter>`)
    .join('')}${bodies}</ac:structured-macro>`;

/** A macro with a rich-text body; `before` is what shows of it above the body. */
export const richMacro = (
  name: string,
  parameters: Readonly<Record<string, string>>,
  inner: Piece,
  before = '',
): Piece => ({
  ...inner,
  storage: macro(name, parameters, `<ac:rich-text-body>${inner.storage}</ac:rich-text-body>`),
  text: `${before} ${inner.text}`,
});
