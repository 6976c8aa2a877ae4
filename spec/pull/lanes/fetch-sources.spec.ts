import { describe, expect, test } from '@jest/globals';
import { lastValueFrom, toArray } from 'rxjs';
import type { PageWithBody } from '../../../lib/core/content.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { fetchSources$ } from '../../../lib/pull/lanes/fetch-sources.js';
import { fakeWiki, page } from '../../support/fake-wiki.js';
import { useLanes } from '../../support/pulling.js';
import { asListed } from '../../support/searching.js';

const open = useLanes();

/** Asks for sources that are listed like these, and that the wiki then has otherwise. */
const fetchSources = async (
  listed: readonly PageWithBody[],
  since: (one: PageWithBody) => PageWithBody[] = (one) => [one],
  fault?: (request: string) => Error | undefined,
) => {
  const content = [...listed];
  const wiki = fakeWiki({ pages: content }, fault);
  const { run } = await open(wiki);
  content.splice(0, content.length, ...listed.flatMap(since));
  const found = await lastValueFrom(fetchSources$(run, listed.map(asListed)).pipe(toArray()));
  return {
    texts: Object.fromEntries(found.map(({ id, body }) => [id, body])),
    losses: Object.fromEntries(listed.map(({ id }) => [id, run.sources.lossOf(id)])),
    requests: wiki.requests.filter((request) => request.startsWith('fetchPage')),
  };
};

const LISTED = [1, 2, 3].map((id) => page(id, { version: 2 }));
const changed =
  (id: string, changes: Partial<PageWithBody>) =>
  (one: PageWithBody): PageWithBody[] => [one.id === id ? { ...one, ...changes } : one];
const OTHERS = { 1: '<p>Body of page 1.</p>', 3: '<p>Body of page 3.</p>' };

test('pages and blog posts come each by a request for all of them', async () => {
  const posts = [page(8, { kind: 'blogpost', parentId: undefined })];
  const { texts, losses, requests } = await fetchSources([...LISTED, ...posts]);
  expect(Object.keys(texts)).toEqual(['1', '2', '3', '8']);
  expect(Object.values(losses)).toEqual([undefined, undefined, undefined, undefined]);
  expect(requests.sort()).toEqual(['fetchPages 1,2,3', 'fetchPages 8']);
});

test('nothing is asked for nothing', async () => {
  expect(await fetchSources([])).toEqual({ texts: {}, losses: {}, requests: [] });
});

describe('one that is asked for alone, and is no text of the space either, is missing, and the reason is known', () => {
  const NO_TEXT = 'The wiki gives no text of it in storage format.';
  test.each<[string, (one: PageWithBody) => PageWithBody[], string]>([
    ['is of another space', changed('2', { spaceId: '777' }), NO_TEXT],
    ['has no body', changed('2', { body: undefined }), NO_TEXT],
    ['is in the trash', changed('2', { status: 'trashed' }), NO_TEXT],
    ['is there in an older version', changed('2', { version: 1 }), NO_TEXT],
    ['is not there', (one) => (one.id === '2' ? [] : [one]), 'There is no page 2.'],
  ])('as it %s', async (_what, since, reason) => {
    const { texts, losses, requests } = await fetchSources(LISTED, since);
    expect(texts).toEqual(OTHERS);
    expect(losses).toEqual({ 1: undefined, 2: reason, 3: undefined });
    expect(requests).toEqual(['fetchPages 1,2,3', 'fetchPage 2']);
  });
});

test.each([new HttpError(403, 'Not for you.'), new HttpError(503, 'Down.')])(
  'a refusal that each would meet again loses all of a request, and none is asked for alone: %s',
  async (error) => {
    const { texts, losses, requests } = await fetchSources(LISTED, undefined, (request) =>
      request.startsWith('fetchPages') ? error : undefined,
    );
    expect([texts, requests]).toEqual([{}, ['fetchPages 1,2,3']]);
    expect(Object.values(losses)).toEqual(Array(3).fill(error.message));
  },
);

test('one that fails by itself costs itself', async () => {
  const { texts, losses } = await fetchSources(LISTED, undefined, (request) =>
    /^fetchPages? (.*,)?2(,|$)/.test(request) ? new HttpError(500, 'It broke.') : undefined,
  );
  expect(texts).toEqual(OTHERS);
  expect(losses).toEqual({ 1: undefined, 2: 'It broke.', 3: undefined });
});

test.each(['fetchPages', 'fetchPage '])('refused credentials end it, at a %s, too', async (kind) => {
  const error = new CredentialsError('no');
  const broken = fetchSources(LISTED, changed('2', { body: undefined }), (request) =>
    request.startsWith(kind) ? error : undefined,
  );
  await expect(broken).rejects.toBe(error);
});

test('one that comes alone, though no request for several gets it, is not lost', async () => {
  const { texts, losses } = await fetchSources(LISTED, undefined, (request) =>
    /^fetchPages (.*,)?2(,|$)/.test(request) ? new HttpError(500, 'It broke.') : undefined,
  );
  expect(texts).toEqual({ ...OTHERS, 2: '<p>Body of page 2.</p>' });
  expect(losses).toEqual({ 1: undefined, 2: undefined, 3: undefined });
});
