import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A directory with more bodies to try, when there is one. */
const directory = process.env.RXSYNC_CORPUS ?? 'fixtures/pages';

/** Bodies to try the converter on: name and storage format. */
export const bodies: readonly (readonly [string, string])[] = readdirSync(directory)
  .filter((name) => /\.(?:xhtml|storage\.xml)$/.test(name))
  .map((name) => [name, readFileSync(join(directory, name), 'utf8')] as const);
