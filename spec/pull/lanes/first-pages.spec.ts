import { expect, test } from '@jest/globals';
import { NEVER, type Observable, Subject, concat, concatMap, defer, from, of, throwError } from 'rxjs';
import { HttpError } from '../../../lib/errors/http-error.js';
import type { RxsyncEvent } from '../../../lib/events/events.js';
import { pull$ } from '../../../lib/pull/pull.js';
import { type FakeWiki, fakeWiki, page, pages } from '../../support/fake-wiki.js';
import { depsFor, eventsOf, filesIn, optionsFor, useTemporaryFolder } from '../../support/pulling.js';

const folder = useTemporaryFolder();

/** A wiki whose listing comes in some answers; before the last one it does what `before` does. */
const slowly = (wiki: FakeWiki, before: () => Observable<unknown>, answers = 6): FakeWiki => {
  const listPages$: FakeWiki['client']['listPages$'] = (space, kind) =>
    wiki.client.listPages$(space, kind).pipe(
      concatMap(({ items }) => {
        const size = Math.ceil(items.length / answers);
        const parts = Array.from({ length: answers }, (_, i) => ({
          items: items.slice(i * size, (i + 1) * size),
        }));
        const last$ = defer(before).pipe(concatMap(() => parts.slice(-1)));
        return kind === 'page' ? concat(from(parts.slice(0, -1)), last$) : from(parts);
      }),
    );
  return { ...wiki, client: { ...wiki.client, listPages$ } };
};

/** The second page turns out to stand below one that comes last in the listing, and to link to it. */
const content = {
  pages: [
    page(1),
    page(2, { parentId: '12', body: '<p><ac:link><ri:page ri:content-title="Last" /></ac:link></p>' }),
    ...pages(11).slice(2),
    page(12, { title: 'Last' }),
  ],
};

/** A wiki that answers to the first request for bodies in another way. */
const answeringFirst = (first$: Observable<never>) => {
  const wiki = fakeWiki(content);
  let isFirst = true;
  const fetchPages$: FakeWiki['client']['fetchPages$'] = (...args) => {
    if (!isFirst) return wiki.client.fetchPages$(...args);
    isFirst = false;
    return first$;
  };
  return { wiki: { ...wiki, client: { ...wiki.client, fetchPages$ } }, isAsked: () => !isFirst };
};

/** Emits once so many files are in the mirror. */
const holding = (dir: string, count: number) => async (): Promise<readonly string[]> => {
  for (;;) {
    const files = Object.keys(await filesIn(dir));
    if (files.length >= count) return files;
    await new Promise((resolve) => setImmediate(resolve));
  }
};

const pulled = (dir: string, wiki: FakeWiki, stop$: Observable<string> = NEVER) =>
  pull$(optionsFor(dir), depsFor(wiki, { stop$ }));

const written = (events: readonly RxsyncEvent[]): readonly string[] =>
  events
    .flatMap((event) => (event.type === 'page.written' ? `${event.id} ${event.path} ${event.change}` : []))
    .sort();

test('the first pages appear while a long listing is read, and the mirror becomes what it would be without', async () => {
  const [dir, plain] = [await folder(), await folder()];
  let early: readonly string[] = [];
  const wait = async (): Promise<void> => {
    early = await holding(dir, 2)();
  };
  const events = await eventsOf(
    pulled(
      dir,
      slowly(fakeWiki(content), () => from(wait())),
    ),
  );
  expect(early).toContain('12/page-2.md');
  const expected = await eventsOf(pulled(plain, fakeWiki(content)));
  expect(await filesIn(dir)).toEqual(await filesIn(plain));
  expect(Object.keys(await filesIn(dir))).not.toContain('12/page-2.md');
  expect(written(events)).toEqual(written(expected));
  expect(events.filter(({ type }) => type === 'page.moved')).toEqual([]);
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', totals: { page: { written: 12 } } });
  expect((await eventsOf(pulled(dir, fakeWiki(content)))).at(-1)).toMatchObject({
    totals: { page: { unchanged: 12 } },
  });
});

test('they are taken away when the listing fails, and when the pull is stopped while it is read', async () => {
  const dir = await folder();
  const fails = async (): Promise<never> => {
    await holding(dir, 2)();
    throw new HttpError(500, 'The wiki is down.');
  };
  await expect(
    eventsOf(
      pulled(
        dir,
        slowly(fakeWiki(content), () => from(fails())),
      ),
    ),
  ).rejects.toThrow('The wiki is down.');
  expect(await filesIn(dir)).toEqual({});
  const stop$ = new Subject<string>();
  const stops = async (): Promise<void> => {
    await holding(dir, 2)();
    stop$.next('enough');
  };
  const events = await eventsOf(
    pulled(
      dir,
      slowly(fakeWiki(content), () => from(stops())),
      stop$,
    ),
  );
  expect(events.at(-1)?.type).toBe('run.interrupted');
  expect(await filesIn(dir)).toEqual({});
});

test('they are gone when the work asks for its first pages: a run that is cut off then leaves none', async () => {
  const dir = await folder();
  const wiki = fakeWiki(content);
  const before: (readonly string[])[] = [];
  const fetchPages$: FakeWiki['client']['fetchPages$'] = (...args) =>
    defer(async () => {
      before.push(Object.keys(await filesIn(dir)));
    }).pipe(concatMap(() => wiki.client.fetchPages$(...args)));
  const watched = { ...wiki, client: { ...wiki.client, fetchPages$ } };
  await eventsOf(
    pulled(
      dir,
      slowly(watched, () => from(holding(dir, 2)())),
    ),
  );
  expect(before).toEqual([[], []]);
});

test('a page that cannot be written yet is left to the work', async () => {
  const dir = await folder();
  const { wiki: refusing, isAsked } = answeringFirst(throwError(() => new HttpError(503, 'Not now.')));
  const events = await eventsOf(
    pulled(
      dir,
      slowly(refusing, () => of(undefined)),
    ),
  );
  expect(written(events)).toHaveLength(12);
  expect(isAsked()).toBe(true);
});

test('no answer is waited for once the listing has come to its end', async () => {
  const dir = await folder();
  const { wiki: silent, isAsked } = answeringFirst(NEVER);
  expect(
    written(
      await eventsOf(
        pulled(
          dir,
          slowly(silent, () => of(undefined)),
        ),
      ),
    ),
  ).toHaveLength(12);
  expect(isAsked()).toBe(true);
});

test.each([
  ['a short listing', 3, []],
  ['a mirror that has pages', 6, [1]],
])('%s asks for nothing more', async (_, answers, before) => {
  const dir = await folder();
  for (const count of before) await eventsOf(pulled(dir, fakeWiki({ pages: pages(count) })));
  const wiki = fakeWiki(content);
  const events = await eventsOf(
    pulled(
      dir,
      slowly(wiki, () => of(undefined), answers),
    ),
  );
  expect(events.at(-1)).toMatchObject({ type: 'run.finished' });
  expect(wiki.sent('fetchPages')).toHaveLength(1);
});
