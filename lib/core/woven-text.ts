import type { HrefSpan } from './records.js';

// Noncharacters: storage format, being XML, cannot contain them.
const OPEN = '\ufffe';
const CLOSE = '\uffff';
const PLACEHOLDER = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g');

/** Stands for the href of a reference while a text is rendered. */
export const hrefPlaceholder = (reference: number): string => `${OPEN}${reference}${CLOSE}`;

export interface WovenText {
  readonly text: string;
  readonly spans: readonly HrefSpan[];
}

/** Puts the hrefs in the place of their placeholders and notes where they are. */
export const weave = (rendered: string, hrefOf: (reference: number) => string): WovenText => {
  const spans: HrefSpan[] = [];
  let text = '';
  let end = 0;
  for (const match of rendered.matchAll(PLACEHOLDER)) {
    text += rendered.slice(end, match.index);
    const reference = Number(match[1]);
    const href = hrefOf(reference);
    spans.push([text.length, href.length, reference]);
    text += href;
    end = match.index + match[0].length;
  }
  return { text: text + rendered.slice(end), spans };
};

/** Writes other hrefs into a woven text. */
export const reweave = ({ text, spans }: WovenText, hrefOf: (reference: number) => string): WovenText => {
  let rendered = '';
  let end = 0;
  for (const [offset, length, reference] of spans) {
    rendered += text.slice(end, offset) + hrefPlaceholder(reference);
    end = offset + length;
  }
  return weave(rendered + text.slice(end), hrefOf);
};
