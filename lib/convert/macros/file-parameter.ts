import { findResources, readReference } from '../links/read-reference.js';
import type { PageReference, Reference } from '../reference.js';
import type { Scope } from '../scope.js';
import type { MacroElement } from './macro-element.js';
import { pageParameter } from './page-parameter.js';

/** Parameters that name a file of a page, most telling first. */
const NAMES = [
  'attachment',
  'attachmentName',
  'filename',
  'fileName',
  'file',
  'diagramName',
  'diagramDisplayName',
  'name',
  '',
];

/** The page whose file a macro shows, when that is not the page it stands on. */
export function fileOwner(macro: MacroElement, scope: Scope): { page?: PageReference } {
  const id = macro.parameter('pageId');
  const named = id !== undefined && /^\d+$/.test(id) ? ({ kind: 'page-id', id } as const) : undefined;
  const page = pageParameter(macro, 'page') ?? named ?? scope.page.owner;
  return page === undefined ? {} : { page };
}

/** The file that a macro's parameters name: an element, or a name and the page that has it. */
export function fileParameter(macro: MacroElement, scope: Scope): Reference | undefined {
  const resource = macro.parameterElements
    .flatMap(findResources)
    .find(({ name }) => name === 'ri:attachment');
  if (resource !== undefined) return readReference(resource, scope.page.owner);
  const name = NAMES.find((each) => macro.parameter(each) !== undefined);
  const filename = name === undefined ? undefined : macro.parameter(name)?.replace(/^\^/, '');
  return filename === undefined ? undefined : { kind: 'attachment', filename, ...fileOwner(macro, scope) };
}
