import { NASTY_TITLES } from './nasty-names.js';
import { hash32, itemAt } from './prng.js';
import { ACTIONS, SUBJECTS } from './words.js';

const combination = (seed: number, index: number): string => {
  const rotated = index + (hash32(seed, 'titles') % ACTIONS.length);
  const round = Math.floor(index / (ACTIONS.length * SUBJECTS.length));
  const action = itemAt(ACTIONS, rotated);
  const subject = itemAt(SUBJECTS, Math.floor(rotated / ACTIONS.length));
  return round === 0 ? `${action} the ${subject}` : `${action} the ${subject} ${round + 1}`;
};

const plain = (seed: number, index: number): string => {
  const title = combination(seed, index);
  if (index % 37 === 5) return `${title}: why & how?`;
  if (index % 41 === 7) return `${title} (v2.0 / 2026)`;
  return title;
};

/** Titles in a fixed order, every one unique ignoring case. `nasty` begins with hostile ones. */
export const createTitles = (seed: number, nasty: boolean): (() => string) => {
  const used = new Set<string>();
  let index = 0;
  return () => {
    const position = index;
    index += 1;
    const wanted = (nasty ? NASTY_TITLES[position] : undefined) ?? plain(seed, position);
    const title = used.has(wanted.toLowerCase()) ? `${wanted} (${position})` : wanted;
    used.add(title.toLowerCase());
    return title;
  };
};
