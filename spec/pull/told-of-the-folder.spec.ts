import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import type { RxsyncEvent } from '../../lib/events/events.js';
import { pull$ } from '../../lib/pull/pull.js';
import { type FakeContent, fakeWiki, page, pages } from '../support/fake-wiki.js';
import { depsFor, eventsOf, optionsFor, useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

const pull = (dir: string, content: FakeContent): Promise<RxsyncEvent[]> =>
  eventsOf(pull$(optionsFor(dir), depsFor(fakeWiki(content))));

const warningsIn = (events: readonly RxsyncEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'warning' ? `${event.code}: ${event.message}` : []));

test('what the user has changed is kept beside what the wiki has, and where is told', async () => {
  const dir = await folder();
  await pull(dir, { pages: pages(3) });
  await fs.writeFile(path.join(dir, 'page-2.md'), 'Mine.');
  const events = await pull(dir, { pages: [page(1), page(2, { version: 2, body: '<p>New.</p>' }), page(3)] });
  const [warning = ''] = warningsIn(events);
  const keptAs =
    /^kept-local: page-2\.md held something that rxsync has not written; it is kept as (.+)\.$/.exec(
      warning,
    )?.[1];
  expect(await fs.readFile(path.join(dir, keptAs ?? ''), 'utf8')).toBe('Mine.');
  expect(await fs.readFile(path.join(dir, 'page-2.md'), 'utf8')).toContain('New.');
});

test('a mirror within a mirror is told, by both of their folders', async () => {
  const outer = await folder();
  await pull(outer, { pages: pages(1) });
  const dir = path.join(outer, 'inner');
  expect(warningsIn(await pull(dir, { pages: pages(1) }))).toEqual([
    `nested-mirror: "${dir}" lies within the mirror "${outer}": each of them keeps to its own files, and this one stays behind when folders of the other move.`,
  ]);
});

test('a folder of its own, left as it was, needs no words', async () => {
  const dir = await folder();
  expect(warningsIn(await pull(dir, { pages: pages(1) }))).toEqual([]);
  expect(warningsIn(await pull(dir, { pages: pages(1) }))).toEqual([]);
});
