import type { WikiClient } from '../confluence/wiki-client.js';
import type { ListedPage, Space } from '../core/content.js';
import { idsCql, typeCql } from '../core/cql.js';
import { type Answer, answerTo, type Beginning } from './answer.js';
import { type Finding, failure, ok, skipped, warning } from './finding.js';

/** An address has its limits: so many ids are asked for in one query. */
const MOST_IDS = 200;

/** How much search finds of what the listing has. */
export interface IndexCount {
  readonly listed: number;
  readonly found: number;
  /** Whether all pages of the space were counted, or the first of them only. */
  readonly isWhole: boolean;
}

/** Asks search for the number of pages; of a long listing for its beginning only. */
export const indexCount = async (
  wiki: WikiClient,
  space: Space,
  { items, isWhole }: Beginning<ListedPage>,
): Promise<Answer<IndexCount>> => {
  const ids = [...new Set(items.map(({ id }) => id))];
  const asked = isWhole ? ids : ids.slice(0, MOST_IDS);
  const answer = await answerTo(wiki.count$(isWhole ? typeCql(space.key, 'page') : idsCql(asked)));
  return 'error' in answer ? answer : { value: { listed: asked.length, found: answer.value, isWhole } };
};

const REINDEX =
  'What is quite new search finds some minutes later. If it stays so, an administrator can ask Atlassian to index the site anew; a pull takes pages from the listing in any case, and looks for what hangs on them by other ways.';

const of = ({ listed, isWhole }: IndexCount): string =>
  isWhole ? `${listed} listed pages` : `the first ${listed} listed pages`;

/** Whether the search index knows what the database has. */
export const indexFinding = (space: Space, answer: Answer<IndexCount>): Finding => {
  if ('error' in answer) return failure('search index', answer.error);
  const count = answer.value;
  if (space.isArchived) return skipped('search index', 'Search leaves out archived spaces.');
  if (count.found < count.listed)
    return warning('search index', `Search finds ${count.found} of ${of(count)}.`, REINDEX);
  if (count.found > count.listed)
    return warning(
      'search index',
      `Search finds ${count.found} pages, the listing only ${count.listed}.`,
      'One of them is out of date. Run rxsync doctor again after some minutes; a pull asks for each page that the listing has lost.',
    );
  return ok('search index', `Search finds all of ${of(count)}.`);
};
