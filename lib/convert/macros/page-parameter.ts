import { findResource, readReference } from '../links/read-reference.js';
import { textOf } from '../parse/storage-node.js';
import { isPageReference } from '../reference.js';
import type { PageReference } from '../reference.js';
import type { MacroElement } from './macro-element.js';

/** The page that a parameter names, as an element or as `Title` or `KEY:Title`; `undefined` for the page itself. */
export function pageParameter(macro: MacroElement, ...names: readonly string[]): PageReference | undefined {
  const element = macro.parameterElement(...names);
  if (element === undefined) return undefined;
  const resource = findResource(element);
  const reference = resource === undefined ? undefined : readReference(resource);
  if (resource !== undefined) return isPageReference(reference) ? reference : undefined;
  const [, spaceKey, title = ''] = /^(?:(~?\w+):)?([^]*)$/.exec(textOf(element).trim()) ?? [];
  if (title === '' || title.startsWith('@')) return undefined;
  return spaceKey === undefined ? { kind: 'page', title } : { kind: 'page', title, spaceKey };
}
