import { follow, pushFollowed } from '../links/follow.js';
import type { BuiltInMacro } from './built-in.js';
import { fileOwner } from './file-parameter.js';
import { macroComment, unknownMacro } from './unknown-macro.js';

/** The picture that the drawing program keeps beside a drawing, and a link to the drawing itself. */
const diagram: BuiltInMacro = (macro, scope) => {
  const name = macro.parameter('diagramName', 'name', 'diagramDisplayName', 'filename');
  if (name === undefined) {
    unknownMacro(macro, scope);
    return;
  }
  const owner = fileOwner(macro, scope);
  const preview = scope.page.resolver.known({ kind: 'attachment', filename: `${name}.png`, ...owner });
  if (preview !== undefined) {
    scope.push({ type: 'image', href: preview.href, alt: name });
    scope.text(' ');
  }
  const followed = follow({ kind: 'attachment', filename: name, ...owner }, scope);
  pushFollowed(followed, scope);
  if (followed.link === undefined) scope.push(macroComment(macro));
};

/** Drawings. */
export const diagramMacros: readonly (readonly [string, BuiltInMacro])[] = [
  'drawio',
  'drawio-sketch',
  'inc-drawio',
  'gliffy',
].map((name) => [name, diagram] as const);
