import { afterEach, describe, expect, test } from '@jest/globals';

import { OptionsError } from '../../../lib/errors/options-error.js';
import { parseSandboxSpec } from '../../../lib/sandbox/index.js';
import { type OpenSandbox, at, idsOf, openSandbox } from '../../support/sandbox-client.js';

const LISTING = '/wiki/api/v2/spaces/98306/pages?status=current&limit=250';

describe('the switches', () => {
  let sandbox: OpenSandbox;
  const open = async (wild: string): Promise<void> => {
    sandbox = await openSandbox({ wild });
  };
  afterEach(() => sandbox.close());

  test('on from the start, changed on the handle, off again', async () => {
    await open('empty-listing');
    const { wild } = sandbox;
    expect(wild.get()).toBe('empty-listing');
    expect(idsOf(await sandbox.get(LISTING))).toEqual([]);
    wild.set('bulk-cap=9;omit=#1');
    expect(wild.get()).toMatch(/^bulk-cap=9,omit=\d+$/);
    expect(idsOf(await sandbox.get(LISTING))).toHaveLength(59);
    expect(() => wild.set('boom')).toThrow(OptionsError);
    expect(() => wild.set('omit=#999')).toThrow('count up to the 60 of type page');
    expect(idsOf(await sandbox.get(LISTING))).toHaveLength(59);
    wild.set('');
    expect(idsOf(await sandbox.get(LISTING))).toHaveLength(60);
  });

  test('changed over HTTP, which tells what there is', async () => {
    await open('');
    expect(await sandbox.post('/_sandbox/wild', { spec: 'half-listing' })).toMatchObject({
      status: 200,
      json: { spec: 'half-listing' },
    });
    expect(idsOf(await sandbox.get(LISTING))).toHaveLength(30);
    expect(await sandbox.post('/_sandbox/wild', { spec: 'boom' })).toMatchObject({ status: 400 });
    expect(await sandbox.post('/_sandbox/wild', {})).toMatchObject({ status: 400 });
    const overview: unknown = await (await fetch(`${sandbox.url}/_sandbox`)).json();
    expect(at(overview, 'wild', 'on')).toBe('half-listing');
    expect(at(overview, 'wild', 'behaviours')).toContainEqual(
      expect.objectContaining({ name: 'bulk-cap=N (default 50)', mild: true }),
    );
  });

  test('answers that a behaviour wrote are marked, others are not', async () => {
    await open('odd-row=title,short-pages');
    const seen: unknown[] = [];
    sandbox.onExchange(({ wild }) => seen.push(wild));
    await sandbox.get(LISTING);
    await sandbox.get('/wiki/api/v2/spaces?keys=NONE');
    expect(seen).toEqual([['odd-row'], undefined]);
  });

  test('all at once: a client that follows every next finds every page', async () => {
    await open('all');
    const ids = sandbox.wiki.list('page', 'LARGE').map(({ id }) => id);
    const found = new Set<string>();
    const cursors = new Set<string>();
    let path = `${LISTING}&sort=id`;
    while (!cursors.has(path)) {
      cursors.add(path);
      const answer = await sandbox.get(path);
      for (const id of idsOf(answer)) found.add(id);
      const next = at(answer.json, '_links', 'next');
      path = typeof next === 'string' ? next : path;
    }
    expect([...found]).toEqual(ids);
  });
});

test('in the text of --sandbox=, alone for all that do no harm', () => {
  expect(parseSandboxSpec('pages=9,wild=bulk-cap=5;short-pages')).toEqual({
    pages: 9,
    wild: 'bulk-cap=5;short-pages',
  });
  expect(parseSandboxSpec('wild')).toEqual({ wild: 'all' });
  expect(() => parseSandboxSpec('wild=boom')).toThrow(OptionsError);
});
