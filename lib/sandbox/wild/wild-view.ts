import type { View } from '../wiki/view.js';
import type { ActiveBehaviour } from './wild.js';
import type { WildRequest } from './wild-request.js';

/** What the behaviours let a request see; undefined when none of them hides anything. */
export const wildView = (active: readonly ActiveBehaviour[], request: WildRequest): View | undefined => {
  const filters = active.flatMap(({ behaviour, value }) => behaviour.shows?.(request, value) ?? []);
  const spaces = active.flatMap(({ behaviour }) => (behaviour.space === undefined ? [] : [behaviour]));
  if (filters.length + spaces.length === 0) return undefined;
  return {
    key: JSON.stringify([
      active.map(({ name, value }) => [name, value]),
      request.route,
      request.formats,
      request.c.var.isStranger,
    ]),
    shows: (content) => filters.every((shows) => shows(content)),
    space: (space) => spaces.reduce((told, behaviour) => behaviour.space?.(told, request) ?? told, space),
  };
};
