import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type E2eWiki, readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;

beforeAll(async () => {
  wiki = await startWiki({ pages: 80, attachments: 60, comments: 40 });
});

afterAll(() => wiki.close());

const Found = z.object({
  results: z.array(z.object({ id: z.string(), title: z.string(), type: z.string() })),
});

const search = async (cql: string): Promise<z.infer<typeof Found>['results']> => {
  const { email, apiToken: token } = wiki.sandbox.credentials;
  const url = `${wiki.sandbox.url}/wiki/rest/api/content/search?${new URLSearchParams({ cql, limit: '1000' }).toString()}`;
  const headers = { Authorization: `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}` };
  return Found.parse(await (await fetch(url, { headers })).json()).results;
};

const bodies = async (dir: string): Promise<string[]> =>
  Object.keys(await readTree(dir)).filter((file) => file.endsWith('.md') && !file.endsWith('.comments.md'));

test('scopes give pages the same paths and bytes as the whole space does', async () => {
  const whole = await search('space="LARGE" and type=page');
  const inScope = await Promise.all(
    whole.map(async ({ id }) => ({ id, found: await search(`ancestor=${id} and type in (page,blogpost)`) })),
  );
  const parent = inScope.find(({ found }) => found.length >= 3);
  await withFolder(async (dir) => {
    const [all, part] = [path.join(dir, 'all'), path.join(dir, 'part')];
    await rxsync(['pull', all, '--space', 'LARGE', '--no-attachments'], { env: wiki.env });
    const run = await rxsync(
      ['pull', part, '--space', 'LARGE', '--no-attachments', '--ancestor', parent?.id ?? ''],
      {
        env: wiki.env,
      },
    );
    expect(run.code).toBe(0);
    const files = await bodies(part);
    expect(files).toHaveLength((parent?.found.length ?? 0) + 1);
    expect(await bodies(all)).toEqual(expect.arrayContaining(files));
  });
});

test('--cql and --label narrow the space', async () => {
  await withFolder(async (dir) => {
    const expected = await search('space="LARGE" and type in (page,blogpost) and title ~ "event"');
    await rxsync(['pull', dir, '--space', 'LARGE', '--cql', 'title ~ "event"'], { env: wiki.env });
    expect(await bodies(dir)).toHaveLength(expected.length);
  });
  await withFolder(async (dir) => {
    const run = await rxsync(['pull', dir, '--space', 'LARGE', '--label', 'no-such-label'], {
      env: wiki.env,
    });
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('no page with the label') });
  });
});

test('--format storage and adf write the body as it is, with its meta data beside it', async () => {
  await withFolder(async (dir) => {
    const [storage, adf] = [path.join(dir, 'storage'), path.join(dir, 'adf')];
    await rxsync(['pull', storage, '--space', 'LARGE', '--format', 'storage', '--no-attachments'], {
      env: wiki.env,
    });
    await rxsync(['pull', adf, '--space', 'LARGE', '--format', 'adf', '--no-attachments'], { env: wiki.env });
    expect(await readFile(path.join(storage, 'index.xhtml'), 'utf8')).toMatch(/^<p>/);
    expect(JSON.parse(await readFile(path.join(adf, 'index.adf.json'), 'utf8'))).toMatchObject({
      type: 'doc',
    });
    const meta: unknown = JSON.parse(await readFile(path.join(storage, 'index.meta.json'), 'utf8'));
    expect(meta).toMatchObject({ space: 'LARGE', type: 'page', title: expect.any(String) });
    expect(Object.keys(await readTree(storage)).filter((file) => file.endsWith('.md'))).toEqual([]);
  });
});

test('--attachments referenced downloads what bodies refer to, none nothing', async () => {
  await withFolder(async (dir) => {
    const files = async (mode: string): Promise<string[]> => {
      const target = path.join(dir, mode);
      const run = await rxsync(['pull', target, '--space', 'LARGE', '--attachments', mode], {
        env: wiki.env,
      });
      expect(run.code).toBe(0);
      return Object.keys(await readTree(target)).filter((file) => /\.attachments\/./.test(file));
    };
    const [all, referenced, none] = [await files('all'), await files('referenced'), await files('none')];
    expect(all).toHaveLength(60);
    expect(none).toEqual([]);
    expect(referenced.length).toBeGreaterThan(0);
    expect(referenced.length).toBeLessThan(all.length);
    expect(all).toEqual(expect.arrayContaining(referenced));
  });
});
