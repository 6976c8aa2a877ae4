import { OptionsError } from '../errors/options-error.js';
import { UsageError } from '../errors/usage-error.js';
import { withoutCredentials } from '../errors/without-credentials.js';
import { listOf } from './list-of.js';

const IN_PATH = /\/(?:spaces|display)\/([^/?#]+)/;

const isGateway = (host: string): boolean => host === 'api.atlassian.com';

/** Nothing is named: that is no wish for every space. */
const nothing = (given: string): OptionsError =>
  new OptionsError('space', given, 'name a space by its key or address, or be left out');

/**
 * The key that the user means: itself, or the one in a pasted address of a space (or of something in it).
 * @throws OptionsError for an empty one
 * @throws UsageError for an address without a space, or of another wiki than `url`
 */
export const spaceKey = (given: string, url: string): string => {
  if (given.trim() === '') throw nothing(given);
  if (!/^https?:\/\//i.test(given)) return given;
  const address = URL.canParse(given) ? new URL(given) : undefined;
  const key = IN_PATH.exec(address?.pathname ?? '')?.[1];
  if (address === undefined || key === undefined)
    throw new UsageError(`--space ${withoutCredentials(given)} is no address of a space.`, {
      hint: 'The address of a space looks like https://example.atlassian.net/wiki/spaces/KEY; the key alone is enough.',
    });
  const wiki = URL.canParse(url) ? new URL(url).hostname : '';
  if (address.hostname !== wiki && !isGateway(wiki))
    throw new UsageError(
      `--space ${withoutCredentials(given)} is on ${address.hostname}, but the wiki is ${wiki}.`,
      {
        hint: 'Set CONFLUENCE_URL (or --url) to the wiki that has the space, or name the space by its key.',
      },
    );
  return decodeURIComponent(key);
};

/**
 * The keys that the user means, by repetition and commas.
 * @throws OptionsError where none is named
 * @throws UsageError as {@link spaceKey} does
 */
export const spaceKeys = (given: readonly string[], url: string): string[] => {
  const blank = given.length === 0 ? '' : given.find((each) => listOf([each]).length === 0);
  if (blank !== undefined) throw nothing(blank);
  return listOf(given).map((key) => spaceKey(key, url));
};
