import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { Subject, lastValueFrom, toArray } from 'rxjs';
import type { PlannedAttachment } from '../../../lib/core/pull-plan.js';
import { attachmentsLane$ } from '../../../lib/pull/lanes/attachments-lane.js';
import { relocateAttachments$ } from '../../../lib/pull/lanes/relocate-attachments.js';
import { attachment, fakeWiki, pages } from '../../support/fake-wiki.js';
import { filesIn, useLanes } from '../../support/pulling.js';

const open = useLanes();

const [A, B] = ['index.attachments/file-7.bin', 'index.attachments/file-8.bin'] as const;
const TEXTS = { [A]: 'bytes of att7, version 1', [B]: 'bytes of att8, version 1' };

/** A mirror with two files, which are to go elsewhere; `meanwhile` happens before. */
const relocating = async (
  to: Readonly<Record<string, string>>,
  meanwhile: (dir: string) => Promise<void> = () => Promise.resolve(),
  stop$ = new Subject<string>(),
) => {
  const wiki = fakeWiki({ pages: pages(1), attachments: [attachment(7, 1), attachment(8, 1)] });
  const { run, plan } = await open(wiki, {}, stop$);
  await lastValueFrom(attachmentsLane$(run, plan.attachments.fetch).pipe(toArray()));
  const planned = [...plan.attachments.fetch].flatMap((each): PlannedAttachment[] => {
    const target = to[each.attachment.id];
    return target === undefined ? [] : [{ ...each, path: target }];
  });
  await meanwhile(run.options.dir);
  const done = lastValueFrom(relocateAttachments$(run, planned).pipe(toArray()));
  return { run, stop$, planned, done, files: async () => (await done, filesIn(run.options.dir)) };
};

test('a file is moved, told with its page and its bytes, and recorded where it is', async () => {
  const { run, done, files } = await relocating({ att7: 'guide/plan.bin' });
  expect(await done).toEqual([
    {
      type: 'outcome',
      kind: 'attachment',
      result: 'moved',
      event: { type: 'attachment.moved', pageId: '1', id: 'att7', from: A, to: 'guide/plan.bin', bytes: 24 },
    },
    { type: 'missed', items: [] },
  ]);
  expect(await files()).toEqual({ 'guide/plan.bin': TEXTS[A], [B]: TEXTS[B] });
  expect(run.store.records.get('attachment:att7')?.files).toMatchObject([{ path: 'guide/plan.bin' }]);
});

test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
  ['that change places', { att7: B, att8: A }, { [A]: TEXTS[B], [B]: TEXTS[A] }],
  ['that follow each other', { att7: B, att8: 'c.bin' }, { [B]: TEXTS[A], 'c.bin': TEXTS[B] }],
])(
  'files %s overwrite nothing, and are all in their places once those that were missed are fetched',
  async (_what, to, expected) => {
    const { run, done, files } = await relocating(to);
    const last = (await done).at(-1);
    expect(Object.values(await files())).toContain(TEXTS[A]);
    const missed = last?.type === 'missed' ? last.items : [];
    await lastValueFrom(attachmentsLane$(run, missed).pipe(toArray()), { defaultValue: [] });
    expect(await files()).toEqual(expected);
  },
);

test('one that is gone is missed: it is to be fetched', async () => {
  const { planned, done } = await relocating({ att7: 'plan.bin' }, (dir) => fs.remove(path.join(dir, A)));
  expect(await done).toEqual([{ type: 'missed', items: planned }]);
});

test('one that was changed here is missed, and stays for the user', async () => {
  const { planned, done, files } = await relocating({ att7: 'plan.bin' }, (dir) =>
    fs.writeFile(path.join(dir, A), 'Mine.'),
  );
  expect(await done).toEqual([{ type: 'missed', items: planned }]);
  expect(await files()).toMatchObject({ [A]: 'Mine.' });
});

test('one that the mirror has never had is missed', async () => {
  const { run } = await relocating({});
  const stranger = { attachment: attachment(70, 1), path: 'x.bin' };
  expect(await lastValueFrom(relocateAttachments$(run, [stranger]).pipe(toArray()))).toEqual([
    { type: 'missed', items: [stranger] },
  ]);
});

test('a stop lets the one in progress come to its end, and leaves each file whole somewhere', async () => {
  const { stop$, done, files } = await relocating({ att7: B, att8: A });
  stop$.next('SIGINT');
  expect((await done).at(-1)).toEqual({ type: 'missed', items: [] });
  expect(Object.values(await files()).sort()).toEqual(Object.values(TEXTS));
});
