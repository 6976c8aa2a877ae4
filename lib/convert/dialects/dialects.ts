import type { Dialect, Flavor } from './dialect.js';
import { github } from './github.js';
import { mkdocs } from './mkdocs.js';
import { obsidian } from './obsidian.js';

/** The dialects by name. */
export const DIALECTS: Readonly<Record<Flavor, Dialect>> = { github, obsidian, mkdocs };
