import { firstValueFrom, merge } from 'rxjs';
import { OptionsError } from '../../errors/options-error.js';
import type { SharedWiki } from '../../pull/run/shared-wiki.js';
import { type VisibleSpaces, visibleSpaces$ } from '../../pull/visible-spaces.js';
import type { StopSignals } from '../stop-signals.js';

const EVERY = '*';

/**
 * Whether all spaces are asked for.
 * @throws OptionsError for others beside them
 */
export const isEverySpace = (spaces: readonly string[]): boolean => {
  if (!spaces.includes(EVERY)) return false;
  if (spaces.every((space) => space === EVERY)) return true;
  throw new OptionsError('space', spaces.join(','), 'name either "*", which is every space, or single ones');
};

/** The spaces that `*` stands for, or why a stop is asked for before they are listed. */
export const everySpace = (wiki: SharedWiki, { stop$ }: StopSignals): Promise<VisibleSpaces | string> =>
  firstValueFrom(merge(visibleSpaces$({ wiki }, { stop$ }), stop$));
