import { language } from '../macros/code-macros.js';
import { childrenNamed, textOf } from '../parse/storage-node.js';
import type { StorageElement } from '../parse/storage-node.js';
import type { ElementHandler, Scope } from '../scope.js';
import { findSource } from '../sources/find-source.js';
import type { Source } from '../sources/find-source.js';
import { adfAttribute, adfAttributeElement, adfContent } from './adf-attributes.js';

/** Parameters that the platform adds to those of the author. */
const PLATFORM = new Set([
  'embedded-macro-context',
  'extension-id',
  'extension-properties',
  'extension-title',
  'forge-environment',
  'layout',
  'local-id',
  'macro-metadata',
  'render',
]);

/** Names of people are not the mirror's to show where the page does not show them. */
const ACCOUNT = /account-?id|user-?id/i;
const ACCOUNT_ID = /^(?:\d+:[0-9a-f-]{36}|[0-9a-f]{24})$/i;

const parametersOf = (element: StorageElement): readonly StorageElement[] =>
  childrenNamed(element, 'ac:adf-parameter');

/** Parameters by name, those in others by both names. */
function flat(element: StorageElement, path = ''): readonly (readonly [string, string])[] {
  return parametersOf(element).flatMap((each) => {
    const key = each.attributes.key ?? '';
    if (ACCOUNT.test(key)) return [];
    const value = childrenNamed(each, 'ac:adf-parameter-value').map(textOf).join(', ') || textOf(each);
    const name = path === '' ? key : `${path}.${key}`;
    if (parametersOf(each).length > 0) return flat(each, name);
    return value.trim() === '' || ACCOUNT_ID.test(value.trim()) ? [] : [[name, value.trim()] as const];
  });
}

/** The author's parameters: in a group of their own, else beside those of the platform. */
function authorParameters(node: StorageElement): ReadonlyMap<string, string> {
  const all = adfAttributeElement(node, 'parameters');
  if (all === undefined) return new Map();
  const own = parametersOf(all).find(({ attributes }) => attributes.key === 'guest-params');
  return new Map(
    flat(own ?? all).filter(([name]) => own !== undefined || !PLATFORM.has(name.split('.', 1)[0] ?? '')),
  );
}

/** A formula or a word of code stays in its sentence; all else is a block. */
function pushSource({ value, lang }: Source, scope: Scope): void {
  const isInline = scope.isSentence && !value.includes('\n');
  if (isInline) scope.push({ type: lang === 'math' ? 'inlineMath' : 'inlineCode', value });
  else scope.push({ type: 'code', value, lang: language(lang) });
}

/** An app's macro: a comment with its parameters, its source where it has one, and what stands in it. */
const app: ElementHandler = (node, scope) => {
  const key = adfAttribute(node, 'extension-key')?.split('/').at(-1) ?? '';
  const parameters = adfAttributeElement(node, 'parameters');
  const titled = parametersOf(parameters ?? node).find((each) => each.attributes.key === 'extension-title');
  const title = titled === undefined ? adfAttribute(node, 'text') : textOf(titled).trim();
  const own = authorParameters(node);
  const source = findSource(`${key} ${title ?? ''}`, own);
  const words = [...own].filter(([name]) => name !== source?.parameter).map((each) => each.join('='));
  const name = [title, `(${key})`].filter(Boolean);
  scope.push({ type: 'comment', value: ['adf: extension', ...name, ...words].join(' ') });
  if (source !== undefined) pushSource(source, scope);
  scope.walk(adfContent(node));
};

const CONNECT = 'com.atlassian.confluence.macro.core';

/** A macro of the old kind in the new editor's clothes, as the old editor writes it. */
function asMacro(node: StorageElement): StorageElement {
  const parameters = adfAttributeElement(node, 'parameters') ?? node;
  const own = parametersOf(parameters).find(({ attributes }) => attributes.key === 'macro-params');
  const children = parametersOf(own ?? parameters).map((each): StorageElement => {
    const value = parametersOf(each).find(({ attributes }) => attributes.key === 'value');
    const name = each.attributes.key ?? '';
    return { name: 'ac:parameter', attributes: { 'ac:name': name }, children: (value ?? each).children };
  });
  return {
    name: 'ac:structured-macro',
    attributes: { 'ac:name': adfAttribute(node, 'extension-key') ?? '' },
    children: [...(own === undefined ? [] : children), ...adfContent(node)],
  };
}

/** A node that stands for a macro: of an app, or of the old kind. */
export const isAppNode = ({ attributes }: StorageElement): boolean =>
  /^(?:extension|inlineExtension|bodiedExtension)$/i.test((attributes.type ?? '').replaceAll('-', ''));

/** Writes a node that {@link isAppNode}. */
export const appNode: ElementHandler = (node, scope) => {
  if (adfAttribute(node, 'extension-type') === CONNECT) scope.element(asMacro(node));
  else app(node, scope);
};
