import { macroElements } from '../macros/macro-elements.js';
import type { ElementHandler } from '../scope.js';
import { adfElements } from './adf-elements.js';
import { blockElements } from './block-elements.js';
import { confluenceLinkElements } from './confluence-link-elements.js';
import { emoticonElements } from './emoticon-elements.js';
import { imageElements } from './image-elements.js';
import { linkElements } from './link-elements.js';
import { listElements } from './list-elements.js';
import { tableElements } from './table-elements.js';
import { taskElements } from './task-elements.js';
import { textElements } from './text-elements.js';

/** Every element with a meaning of its own. Any other passes its content through. */
export const ELEMENT_HANDLERS: ReadonlyMap<string, ElementHandler> = new Map([
  ...adfElements,
  ...blockElements,
  ...confluenceLinkElements,
  ...emoticonElements,
  ...imageElements,
  ...linkElements,
  ...listElements,
  ...macroElements,
  ...tableElements,
  ...taskElements,
  ...textElements,
]);
