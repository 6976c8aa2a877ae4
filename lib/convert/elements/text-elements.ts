import type { TextStyle } from '../document/nodes.js';
import { pushKatex } from './katex.js';
import { textOf } from '../parse/storage-node.js';
import type { ElementHandler, Scope } from '../scope.js';

const markWith =
  (format: TextStyle): ElementHandler =>
  (element, scope) =>
    scope.with(format).walk(element.children);

/** Formats that style attributes stand for. */
const STYLES: readonly (readonly [RegExp, TextStyle])[] = [
  [/font-weight:\s*(?:bold|[6-9]00)/, 'strong'],
  [/font-style:\s*italic/, 'emphasis'],
  [/text-decoration:[^;]*line-through/, 'delete'],
  [/text-decoration:[^;]*underline/, 'underline'],
];

const span: ElementHandler = (element, scope) => {
  if (pushKatex(element, scope)) return;
  const { attributes, children } = element;
  const style = attributes.style;
  const inner =
    style === undefined
      ? scope
      : STYLES.reduce<Scope>(
          (outer, [pattern, format]) => (pattern.test(style) ? outer.with(format) : outer),
          scope,
        );
  inner.asSentence().walk(children);
};

const lineBreak: ElementHandler = ({ children }, scope) => {
  scope.push({ type: 'break' });
  scope.walk(children);
};

const quote: ElementHandler = ({ children }, scope) => {
  scope.text('“');
  scope.walk(children);
  scope.text('”');
};

const time: ElementHandler = ({ attributes, children }, scope) => {
  if (children.every((child) => textOf(child).trim() === '')) scope.text(attributes.datetime ?? '');
  else scope.walk(children);
};

/** What shows to nobody who reads: hints for authors, programs, styles. */
const hidden: ElementHandler = () => undefined;

/** Inline formatting. Other inline elements, known or not, pass their content through. */
export const textElements: readonly (readonly [string, ElementHandler])[] = [
  ['strong', markWith('strong')],
  ['b', markWith('strong')],
  ['em', markWith('emphasis')],
  ['i', markWith('emphasis')],
  ['cite', markWith('emphasis')],
  ['dfn', markWith('emphasis')],
  ['var', markWith('emphasis')],
  ['del', markWith('delete')],
  ['s', markWith('delete')],
  ['strike', markWith('delete')],
  ['u', markWith('underline')],
  ['ins', markWith('underline')],
  ['sub', markWith('subscript')],
  ['sup', markWith('superscript')],
  ['small', markWith('small')],
  ['span', span],
  ['code', (element, scope) => scope.asCode().walk(element.children)],
  ['tt', (element, scope) => scope.asCode().walk(element.children)],
  ['kbd', (element, scope) => scope.asCode().walk(element.children)],
  ['samp', (element, scope) => scope.asCode().walk(element.children)],
  ['q', quote],
  ['br', lineBreak],
  ['time', time],
  ['ac:placeholder', hidden],
  ['script', hidden],
  ['style', hidden],
];
