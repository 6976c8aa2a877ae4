import { UsageError } from '../errors/usage-error.js';
import { withoutCredentials } from '../errors/without-credentials.js';

const IN_PATH = /\/(?:spaces|display)\/([^/?#]+)/;

const isGateway = (host: string): boolean => host === 'api.atlassian.com';

/**
 * The key that the user means: itself, or the one in a pasted address of a space (or of something in it).
 * @throws UsageError for an address without a space, or of another wiki than `url`
 */
export const spaceKey = (given: string, url: string): string => {
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
