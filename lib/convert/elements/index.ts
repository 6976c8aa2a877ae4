import { macroElements } from '../macros/index.js';
import type { ElementHandler } from '../scope.js';
import { adfElements } from './adf.js';
import { blockElements } from './blocks.js';
import { confluenceLinkElements } from './confluence-links.js';
import { emoticonElements } from './emoticons.js';
import { imageElements } from './images.js';
import { linkElements } from './links.js';
import { listElements } from './lists.js';
import { tableElements } from './tables.js';
import { taskElements } from './tasks.js';
import { textElements } from './text.js';

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
