import type { ConvertContext } from './context.js';
import { DIALECTS } from './dialects/dialects.js';
import { ELEMENT_HANDLERS } from './elements/element-handlers.js';
import { ReferenceResolver } from './links/reference-resolver.js';
import { Expansions } from './macros/expansions.js';
import type { PageScope } from './scope.js';

/** What stays the same while a body with this context is converted. */
export const pageScope = (context: ConvertContext): PageScope => ({
  context,
  dialect: DIALECTS[context.flavor ?? 'github'],
  resolver: new ReferenceResolver(context),
  expansions: new Expansions(),
  properties: new Map(),
  handlers: ELEMENT_HANDLERS,
});
