import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { convert } from '../../lib/convert/index.js';
import { fixtureContext } from './support/fixture-context.js';

const PAGES = 'fixtures/pages/';
const SUFFIX = '.storage.xml';

const names = readdirSync(PAGES)
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length));

/** `RXSYNC_UPDATE=1` writes the results as the new expectation. */
const isUpdate = process.env.RXSYNC_UPDATE === '1';

describe('the pages in fixtures/pages', () => {
  it.each(names)('%s', (name) => {
    const { markdown } = convert(readFileSync(PAGES + name + SUFFIX, 'utf8'), fixtureContext);
    if (isUpdate) writeFileSync(`${PAGES}${name}.md`, markdown);
    expect(markdown).toBe(readFileSync(`${PAGES}${name}.md`, 'utf8'));
  });
});
