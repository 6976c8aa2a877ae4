import { expect, test } from '@jest/globals';
import { isObservable, lastValueFrom } from 'rxjs';
import { toMarkdown } from '../../../lib/convert/index.js';
import { encodeEvent } from '../../../lib/events/encode-event.js';
import { adaptiveMergeMap } from '../../../lib/operators/adaptive-merge-map.js';
import { expandCursor$ } from '../../../lib/operators/expand-cursor.js';
import { createWiki, type Fetchers } from '../../../lib/pull/wiki/create-wiki.js';
import type { Cursors } from '../../../lib/pull/wiki/cursors.js';
import { fakeWiki } from '../../support/fake-wiki.js';

const fake = fakeWiki({});
const wiki = createWiki(
  { url: 'https://example.atlassian.net', credentials: { bearerToken: 'x' } },
  { connect: () => fake.client },
);
const nothing = (): void => undefined;

const FUNCTIONS = { ...wiki, toMarkdown, encodeEvent, adaptiveMergeMap, expandCursor$ };
type Name = Exclude<keyof typeof FUNCTIONS, keyof typeof wiki> | keyof Cursors | keyof Fetchers;

/** Calls as JavaScript may, and waits for what comes of it. */
const call = async (name: Name, args: readonly unknown[]): Promise<void> => {
  const result: unknown = Reflect.apply(FUNCTIONS[name], undefined, args);
  if (isObservable(result)) await lastValueFrom(result);
};

test.each<[Name, readonly unknown[], string]>([
  ['listPages$', [], 'space'],
  ['listPages$', ['DOCS', { demand: nothing }], 'demand'],
  ['listPages$', ['DOCS', { kind: 'post' }], 'kind'],
  ['listPages$', ['DOCS', null], 'options'],
  ['searchPages$', [], 'cql'],
  ['searchPages$', ['label = x', { demand: nothing }], 'demand'],
  ['listFolders$', [5], 'space'],
  ['listAttachments$', [], 'within'],
  ['listAttachments$', [['1', 2]], 'within'],
  ['listComments$', [5], 'within'],
  ['listComments$', [null], 'within'],
  ['fetchPages', [null], 'options'],
  ['fetchPages', [{ format: 'nonsense' }], 'format'],
  ['fetchPages', [{ demand$: nothing }], 'demand$'],
  ['fetchFolders', [5], 'options'],
  ['fetchComments', [{ sink: nothing }], 'sink'],
  ['downloadAttachments', [], 'sink'],
  ['downloadAttachments', [nothing, { sink: nothing }], 'sink'],
  ['toMarkdown', [], 'storage'],
  ['toMarkdown', [{}], 'storage'],
  ['toMarkdown', ['', null], 'context'],
  ['encodeEvent', [], 'event'],
  ['adaptiveMergeMap', [], 'project'],
  ['adaptiveMergeMap', [nothing], 'config'],
  ['adaptiveMergeMap', [nothing, { limit$: 5 }], 'limit$'],
  ['expandCursor$', [], 'fetchPage'],
  ['expandCursor$', [nothing, null], 'config'],
  ['expandCursor$', [nothing, { demand$: true }], 'demand$'],
])('%s of %j is refused for %s, before anything is asked', async (name, args, option) => {
  await expect(call(name, args)).rejects.toMatchObject({ code: 'options', option });
  expect(fake.requests).toEqual([]);
});
