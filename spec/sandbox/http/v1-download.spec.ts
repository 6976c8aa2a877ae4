import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { Attachment, Content } from '../../../lib/sandbox/wiki/model.js';
import { type Answer, type OpenSandbox, openSandbox } from '../../support/sandbox-client.js';

const isAttachment = (content: Content): content is Attachment => content.type === 'attachment';

describe('download', () => {
  let sandbox: OpenSandbox;
  let nowMs = 0;
  let file: Attachment;
  const resolve = (path = ''): Promise<Answer> =>
    sandbox.get(`/wiki/rest/api/content/${file.containerId}/child/attachment/${file.id}/download${path}`);
  const location = async (): Promise<string> => (await resolve()).headers.get('location') ?? '';

  beforeAll(async () => {
    sandbox = await openSandbox({ timer: () => nowMs });
    const page = sandbox.wiki.list('page', 'LARGE')[4];
    file = sandbox.wiki.attach(String(page?.id), { fileName: 'notes.txt', content: 'first' });
    file = sandbox.wiki.replaceAttachment(file.id, { content: 'second text' });
  });
  afterAll(() => sandbox.close());

  test('redirects to a signed address on another origin that needs no credentials', async () => {
    const answer = await resolve();
    expect(answer.status).toBe(302);
    const url = new URL(String(answer.headers.get('location')));
    expect(url.origin).toBe(sandbox.mediaUrl);
    expect(url.origin).not.toBe(sandbox.url);
    const media = await fetch(url);
    expect(media.headers.get('content-length')).toBe('11');
    expect(media.headers.get('content-type')).toBe('text/plain');
    expect(await media.text()).toBe('second text');
  });

  test('every generated file has the size that its record tells, and the same bytes each time', async () => {
    for (const attachment of sandbox.wiki.list('attachment', 'LARGE').filter(isAttachment).slice(0, 12)) {
      const path = `/wiki/rest/api/content/${attachment.containerId}/child/attachment/${attachment.id}/download`;
      const url = String((await sandbox.get(path)).headers.get('location'));
      const [one, two] = await Promise.all(
        [0, 1].map(async () => Buffer.from(await (await fetch(url)).arrayBuffer())),
      );
      expect(one?.length).toBe(attachment.fileSize);
      expect(one?.equals(two ?? Buffer.of(1))).toBe(true);
    }
  });

  test('serves older versions', async () => {
    const url = String((await resolve('?version=1')).headers.get('location'));
    expect(await (await fetch(url)).text()).toBe('first');
  });

  test.each([
    ['bytes=0-3', 206, 'seco', 'bytes 0-3/11'],
    ['bytes=7-', 206, 'text', 'bytes 7-10/11'],
    ['bytes=-4', 206, 'text', 'bytes 7-10/11'],
    ['bytes=8-900', 206, 'ext', 'bytes 8-10/11'],
    ['bytes=11-', 416, '', 'bytes */11'],
    ['lines=1-2', 200, 'second text', null],
  ])('Range: %s is answered %i', async (range, status, text, contentRange) => {
    const answer = await fetch(await location(), { headers: { range } });
    expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  test('the media host refuses credentials, cookies, forged and expired tokens', async () => {
    const url = await location();
    const status = async (address: string, headers: Record<string, string> = {}) =>
      (await fetch(address, { headers })).status;
    expect(await status(url, { authorization: 'Basic abc' })).toBe(400);
    expect(await status(url, { cookie: 'a=b' })).toBe(403);
    expect(await status(url.replace('token=', 'token=x'))).toBe(403);
    expect(await status(url.split('?')[0] ?? '')).toBe(403);
    nowMs += 59_999;
    expect(await status(url)).toBe(200);
    nowMs += 1;
    expect(await status(url)).toBe(403);
  });

  test('errors: wrong container, unknown file, version too high, detached, the old link', async () => {
    const home = String(sandbox.wiki.list('page', 'LARGE')[0]?.id);
    const download = async (container: string, id: string) =>
      (await sandbox.get(`/wiki/rest/api/content/${container}/child/attachment/${id}/download`)).status;
    expect(await download(home, file.id)).toBe(404);
    expect(await download(file.containerId, 'att1')).toBe(404);
    expect((await resolve('?version=3')).status).toBe(400);
    expect((await resolve('?version=x')).status).toBe(400);
    const gone = sandbox.wiki.attach(home, { fileName: 'gone.png' });
    sandbox.wiki.detach(gone.id);
    expect(await download(home, gone.id)).toBe(404);
    const old = await sandbox.get(`/wiki/download/attachments/${file.containerId}/notes.txt?version=2`);
    expect([old.status, old.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('OAuth'),
    ]);
  });
});
