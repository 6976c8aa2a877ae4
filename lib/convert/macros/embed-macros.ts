import { linkTo } from '../links/link-to.js';
import { findResource } from '../links/read-reference.js';
import type { BuiltInMacro } from './built-in.js';
import type { MacroElement } from './macro-element.js';
import { unknownMacro } from './unknown-macro.js';

function addressOf(macro: MacroElement): string | undefined {
  const element = macro.parameterElement('url', 'src', 'link', 'URL', '');
  const resource = element === undefined ? undefined : findResource(element);
  return resource?.attributes['ri:value'] ?? macro.parameter('url', 'src', 'link', 'URL', '');
}

/** A link to what the macro would show. */
const embed: BuiltInMacro = (macro, scope) => {
  const address = addressOf(macro);
  const link = address === undefined ? undefined : linkTo(address, scope);
  if (address === undefined || link === undefined) {
    unknownMacro(macro, scope);
    return;
  }
  scope.flow.endParagraph();
  scope.with(link).text(macro.parameter('title') ?? address);
  scope.flow.endParagraph();
};

const EMBEDS = [
  'widget',
  'iframe',
  'embed',
  'figma',
  'google-drive-docs',
  'google-drive-sheets',
  'google-drive-slides',
  'loom',
  'lucidchart',
  'miro',
  'rss',
  'trello-board',
  'trello-card',
  'vimeo',
  'youtube',
];

/** Content from other sites. */
export const embedMacros: readonly (readonly [string, BuiltInMacro])[] = EMBEDS.map(
  (name) => [name, embed] as const,
);
