import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { lastValueFrom, merge, toArray } from 'rxjs';
import { conversionBytes } from '../../../lib/convert/index.js';
import type { PageWithBody } from '../../../lib/core/content.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { UnreachableError } from '../../../lib/errors/unreachable-error.js';
import { pagesLane$ } from '../../../lib/pull/lanes/pages-lane.js';
import type { PullOptions } from '../../../lib/pull/run/pull-options.js';
import { type FakeWiki, fakeWiki, page, pages } from '../../support/fake-wiki.js';
import { type Planning, useLanes } from '../../support/pulling.js';

const open = useLanes();

const include = (id: number): string =>
  `<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="Page ${id}" /></ac:link></ac:parameter></ac:structured-macro>`;

/** A homepage, and pages below it of which some include others. */
const including = (count: number, sourcesOf: (id: number) => readonly number[]): PageWithBody[] =>
  pages(count).map((one) => {
    const sources = sourcesOf(Number(one.id));
    return sources.length === 0 ? one : { ...one, body: sources.map(include).join('') };
  });

/** Fetches only these, as if the others had not changed. */
const fetchOnly = async ({ run, plan }: Planning, ids: readonly number[]) => {
  const wanted = new Set(ids.map(String));
  const warnings: string[] = [];
  const told$ = run.notices$;
  const listening = told$.subscribe((notice) => {
    if (notice.type === 'warning') warnings.push(notice.message);
  });
  const steps = await lastValueFrom(
    merge(
      pagesLane$(
        run,
        plan.pages.fetch.filter((each) => wanted.has(each.page.id)),
      ),
    ).pipe(toArray()),
  );
  listening.unsubscribe();
  return { steps, warnings };
};

const textOf = ({ run, plan }: Planning, id: number): Promise<string> => {
  const base = plan.pages.fetch.find((each) => each.page.id === String(id))?.base ?? '';
  return readFile(path.join(run.options.dir, `${base}.md`), 'utf8');
};

const recordOf = ({ run }: Planning, id: number) => run.store.records.get(`page:${id}`);

const asked = (wiki: FakeWiki): readonly string[] =>
  wiki.sent('fetchPages').map((each) => each.split(' ')[1] ?? '');

const failing =
  (ids: readonly string[], error: Error) =>
  (request: string): Error | undefined =>
    request.startsWith('fetchPage') && ids.some((id) => (request.split(' ')[1] ?? '').split(',').includes(id))
      ? error
      : undefined;

const opened = async (wiki: FakeWiki, options: Partial<PullOptions> = {}): Promise<Planning> =>
  open(wiki, options);

test('the texts that pages include are asked for once, in bulk; those of the same batch not at all', async () => {
  const wiki = fakeWiki({ pages: including(20, (id) => (id > 10 ? [2, 3, id - 10] : [])) });
  const planning = await opened(wiki);
  await fetchOnly(planning, [3, 11, 12, 13, 14, 15]);
  expect(asked(wiki)).toEqual(['3,11,12,13,14,15', '2,1,4,5']);
  const text = await textOf(planning, 15);
  for (const id of [2, 3, 5]) expect(text).toContain(`Body of page ${id}.`);
  expect(recordOf(planning, 15)?.fingerprint).not.toBe('');
});

test('a page that includes itself, and two that include each other, end', async () => {
  const wiki = fakeWiki({ pages: including(5, (id) => ({ 2: [2], 3: [4], 4: [3] })[id] ?? []) });
  const planning = await opened(wiki);
  const { steps, warnings } = await fetchOnly(planning, [1, 2, 3, 4, 5]);
  expect(steps.filter((step) => step.type === 'outcome' && step.result === 'written')).toHaveLength(5);
  expect(warnings).toEqual([]);
  expect(asked(wiki)).toEqual(['1,2,3,4,5']);
});

test('sources that are many are asked for in groups of pages, each once as long as they are remembered', async () => {
  const wiki = fakeWiki({ pages: including(201, (id) => (id > 101 ? [id - 100, 2] : [])) });
  const planning = await opened(wiki);
  const ids = Array.from({ length: 100 }, (_, i) => 102 + i);
  await fetchOnly(planning, ids);
  const sources = asked(wiki)
    .flatMap((each) => each.split(','))
    .filter((id) => Number(id) <= 101);
  expect(new Set(sources).size).toBe(100);
  // Two batches are in flight at the same time.
  expect(sources.length).toBeLessThanOrEqual(101);
  expect(await textOf(planning, 201)).toContain('Body of page 101.');
});

test('one that cannot be had stands as a link, is named with its page, and is tried again by the next pull', async () => {
  const wiki = fakeWiki({ pages: including(9, (id) => (id > 6 ? [2, 3] : [])) }, (request) =>
    failing(['3'], new HttpError(request.startsWith('fetchPages') ? 500 : 403, 'Not for you.'))(request),
  );
  const planning = await opened(wiki);
  const { warnings } = await fetchOnly(planning, [7, 8]);
  expect(warnings.sort()).toEqual(
    [7, 8].map(
      (id) =>
        `The page ${id} "Page ${id}" includes the page 3 "Page 3": a link stands for it, and the next pull tries again. Not for you.`,
    ),
  );
  expect(recordOf(planning, 7)).toMatchObject({ version: 0, fingerprint: '' });
  const text = await textOf(planning, 7);
  expect(text).toContain('[Page 3](page-3.md)');
  expect(text).not.toContain('Body of page 3.');
});

test('one that fails a request for many is asked for alone', async () => {
  const error = new HttpError(500, 'GET /api/v2/pages answered 500.');
  const wiki = fakeWiki({ pages: including(9, (id) => (id > 6 ? [2, 3] : [])) }, (request) =>
    request.startsWith('fetchPages') ? failing(['3'], error)(request) : undefined,
  );
  const planning = await opened(wiki);
  const { warnings } = await fetchOnly(planning, [7, 8]);
  expect(warnings).toEqual([]);
  expect(wiki.sent('fetchPage')).toEqual(['fetchPage 3']);
  expect(await textOf(planning, 7)).toContain('Body of page 3.');
});

test('one that is too large to be read with its page stands as a link', async () => {
  const wiki = fakeWiki({
    pages: including(5, (id) => (id === 5 ? [2, 3] : [])).map((one) =>
      one.id === '3' ? { ...one, body: `<p>${'x'.repeat(100_000)}</p>` } : one,
    ),
  });
  const planning = await opened(wiki);
  const run = { ...planning.run, shares: { ...planning.run.shares, page: 1024 ** 2 } };
  const { warnings } = await fetchOnly({ ...planning, run }, [5]);
  expect(warnings).toEqual([expect.stringMatching(/page 5 .*page 3 .*too large/)]);
  expect(await textOf(planning, 5)).toContain('Body of page 2.');
});

test('what ends the run ends it while sources are asked for, too; a refusal halts it', async () => {
  const fatal = new UnreachableError('offline', 'no connection');
  const broken = await opened(
    fakeWiki({ pages: including(5, (id) => (id === 5 ? [3] : [])) }, failing(['3'], fatal)),
  );
  await expect(fetchOnly(broken, [5])).rejects.toBe(fatal);
  const refused = await opened(
    fakeWiki(
      { pages: including(5, (id) => (id === 5 ? [3] : [])) },
      failing(['3'], new CredentialsError('no')),
    ),
  );
  await fetchOnly(refused, [5]);
  expect(refused.run.stopReason()).toBe('credentials');
  expect(recordOf(refused, 5)).toBeUndefined();
});

test.each(['storage', 'adf'] as const)('the format %s includes nothing', async (format) => {
  const wiki = fakeWiki({ pages: including(5, (id) => (id === 5 ? [3] : [])) });
  const planning = await opened(wiki, { format });
  await fetchOnly(planning, [5]);
  expect(asked(wiki).filter((ids) => ids.includes('3'))).toEqual([]);
  expect(JSON.stringify(recordOf(planning, 5)?.references ?? [])).not.toContain('include');
});

test('a page without its source in the mirror has a link, and is whole', async () => {
  const wiki = fakeWiki({ pages: [...pages(3), page(4, { body: include(77) })] });
  const planning = await opened(wiki);
  const { warnings } = await fetchOnly(planning, [4]);
  expect(warnings).toEqual([]);
  expect(recordOf(planning, 4)?.fingerprint).not.toBe('');
  expect(recordOf(planning, 4)?.references).toContainEqual(expect.stringContaining('"include"'));
});

const withShare = ({ run, plan }: Planning, page: number): Planning => ({
  plan,
  run: { ...run, shares: { ...run.shares, page } },
});

test('for a page that is too large itself nothing is asked for: it fails alone', async () => {
  const large = `<p>${'x'.repeat(200_000)}</p>`;
  const wiki = fakeWiki({
    pages: including(6, (id) => (id > 4 ? [2] : [])).map((one) =>
      one.id === '5' ? { ...one, body: `${include(3)}${large}` } : one,
    ),
  });
  const planning = withShare(await opened(wiki), 1024 ** 2);
  const { steps } = await fetchOnly(planning, [5, 6]);
  expect(asked(wiki)).toEqual(['5,6', '2']);
  expect(steps.flatMap((step) => (step.type === 'outcome' ? step.result : [])).sort()).toEqual([
    'failed',
    'written',
  ]);
  expect(await textOf(planning, 6)).toContain('Body of page 2.');
});

test('what fits once with its page, and not as often as it is included, stands as a link each time', async () => {
  const text = `<p>${'x'.repeat(2000)}</p>`;
  const pagesOf = (times: number) =>
    including(5, (id) => (id === 5 ? Array.from({ length: times }, () => 2) : [])).map((one) =>
      one.id === '2' ? { ...one, body: text } : one,
    );
  const share = conversionBytes(include(2).repeat(3)) + 2 * conversionBytes(text);
  const results = [];
  for (const times of [1, 3]) {
    const planning = withShare(await opened(fakeWiki({ pages: pagesOf(times) })), share);
    const { warnings } = await fetchOnly(planning, [5]);
    results.push([warnings.length, (await textOf(planning, 5)).includes('xxxx')]);
    expect(recordOf(planning, 5)?.version).toBe(times === 1 ? 1 : 0);
  }
  expect(results).toEqual([
    [0, true],
    [1, false],
  ]);
});

test('of several that do not fit together the first ones are there', async () => {
  const text = `<p>${'x'.repeat(2000)}</p>`;
  const wiki = fakeWiki({
    pages: including(6, (id) => (id === 6 ? [2, 3, 4] : [])).map((one) =>
      ['2', '3', '4'].includes(one.id) ? { ...one, body: `<p>Text of ${one.id}.</p>${text}` } : one,
    ),
  });
  const share = conversionBytes([2, 3, 4].map(include).join('')) + 2.5 * conversionBytes(text);
  const planning = withShare(await opened(wiki), share);
  const { warnings } = await fetchOnly(planning, [6]);
  expect(warnings).toEqual([
    'The page 6 "Page 6" includes the page 4 "Page 4": a link stands for it, and the next pull tries again. It is too large to be converted together with the page.',
  ]);
  const written = await textOf(planning, 6);
  expect([2, 3, 4].map((id) => written.includes(`Text of ${id}.`))).toEqual([true, true, false]);
});
