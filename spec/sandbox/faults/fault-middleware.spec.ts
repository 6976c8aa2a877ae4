import { describe, expect, test } from '@jest/globals';

import { type Answer, type OpenSandbox, at, idsOf, openSandbox } from '../../support/sandbox-client.js';

const PAGES = '/wiki/api/v2/spaces/98306/pages?limit=20';
const BODIES = `${PAGES}&body-format=storage`;

/** Runs against a wiki with these faults and closes it. */
const withFaults = async (faults: string, run: (sandbox: OpenSandbox) => Promise<void>): Promise<void> => {
  const sandbox = await openSandbox({ faults, bodyKb: 15 });
  try {
    await run(sandbox);
  } finally {
    await sandbox.close();
  }
};

/** The statuses of the same request sent several times; a broken connection is `broken`. */
const statuses = async (
  sandbox: OpenSandbox,
  path: string,
  times: number,
): Promise<readonly (number | string)[]> => {
  const found: (number | string)[] = [];
  for (let index = 0; index < times; index += 1)
    found.push(
      await sandbox.get(path).then(
        (answer: Answer) => answer.status,
        () => 'broken',
      ),
    );
  return found;
};

const SEARCH = (limit: number): string => `/wiki/rest/api/content/search?cql=type%3Dpage&limit=${limit}`;

describe('faults', () => {
  test.each([
    ['429@2', [200, 429, 200]],
    ['500@2-3', [200, 500, 500, 200]],
    ['502@2-x1', [200, 502, 200]],
    ['503', [503, 503]],
    ['504:bodies', [200, 200]],
    ['401:listing@1', [401, 200]],
    ['403@1', [403, 200]],
    ['404@1', [404, 200]],
    ['scope@1', [401, 200]],
    ['reset@2', [200, 'broken', 200]],
    ['reset-body@1', ['broken', 200]],
    ['truncate@1', ['broken', 200]],
    ['drip@1', [200, 200]],
    ['slow@1=1', [200, 200]],
    ['429@1,500@2', [429, 500, 200]],
    ['400@1,408@2,410@3,413@4,414@5', [400, 408, 410, 413, 414, 200]],
    ['520@1,521@2,522@3,523@4,524@5', [520, 521, 522, 523, 524, 200]],
    ['301@1=https://new.example.com', [301, 200]],
    ['500:search', [200]],
    ['500:blogposts,500:labels,500:identity', [200]],
  ])('%s', async (faults, expected) => {
    await withFaults(faults, async (sandbox) => {
      expect(await statuses(sandbox, PAGES, expected.length)).toEqual(expected);
    });
  });

  test('a probability hits the same requests every time', async () => {
    const run = async (): Promise<readonly (number | string)[]> => {
      let found: readonly (number | string)[] = [];
      await withFaults('500@40%', async (sandbox) => {
        found = await statuses(sandbox, PAGES, 20);
      });
      return found;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await run()).toEqual(first);
  });

  test('429 with its headers: burst, quota, and none to wait by', async () => {
    await withFaults('429@1=7,429-quota@2=9,429-no-retry-after@3', async (sandbox) => {
      const headers = [];
      for (let index = 0; index < 3; index += 1) {
        const answer = await sandbox.get(PAGES);
        headers.push([answer.headers.get('retry-after'), answer.headers.get('ratelimit-reason')]);
      }
      expect(headers).toEqual([
        ['7', 'confluence-burst-based'],
        ['9', 'confluence-quota-tenant-based'],
        [null, 'confluence-cost-based'],
      ]);
    });
  });

  test('silence lasts until the client gives up', async () => {
    await withFaults('silent@1', async (sandbox) => {
      const controller = new AbortController();
      const answer = sandbox.get(PAGES, { signal: controller.signal });
      while (sandbox.requests.maxInFlight === 0) await new Promise(setImmediate);
      controller.abort();
      await expect(answer).rejects.toThrow('abort');
      expect((await sandbox.get(PAGES)).status).toBe(200);
    });
  });

  test('answers that lie: a login page, broken JSON', async () => {
    await withFaults('html@1,malformed@2', async (sandbox) => {
      const login = await sandbox.get(PAGES);
      expect([login.status, login.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('text/html'),
      ]);
      const broken = await sandbox.get(PAGES);
      expect([broken.status, broken.json]).toEqual([200, undefined]);
      expect(broken.text.startsWith('{"results":')).toBe(true);
    });
  });

  test('answers that are no answers: an empty body, results that are null', async () => {
    await withFaults('empty@1,null-results@2', async (sandbox) => {
      expect(await sandbox.get(PAGES)).toMatchObject({ status: 200, text: '' });
      expect((await sandbox.get(PAGES)).json).toMatchObject({ results: null, _links: {} });
    });
  });

  test('a 407, which fetch takes for a broken connection', async () => {
    await withFaults('407', async (sandbox) => {
      expect(await statuses(sandbox, PAGES, 1)).toEqual(['broken']);
      expect(sandbox.requests.byStatus).toEqual({ 407: 1 });
    });
  });

  test('statuses with a Retry-After, a redirect to the new origin', async () => {
    await withFaults('524@1=7,301@2=https://new.example.com,503@3', async (sandbox) => {
      expect((await sandbox.get(PAGES)).headers.get('retry-after')).toBe('7');
      expect((await sandbox.get(PAGES)).headers.get('location')).toBe(`https://new.example.com${PAGES}`);
      expect((await sandbox.get(PAGES)).headers.get('retry-after')).toBeNull();
    });
  });

  test.each([
    ['500:search', [SEARCH(5), SEARCH(5)], [500, 500]],
    ['500:blogposts', ['/wiki/api/v2/spaces/98306/blogposts', '/wiki/api/v2/blogposts?id=1'], [500, 200]],
    ['500:identity', ['/wiki/rest/api/user/current', '/wiki/rest/api/user/bulk?accountId=a'], [500, 200]],
    ['500:labels', [`${SEARCH(5)}&expand=metadata.labels`, SEARCH(5)], [500, 200]],
  ])('%s hits its lane', async (faults, paths, expected) => {
    await withFaults(faults, async (sandbox) => {
      const answers = [];
      for (const path of paths) answers.push((await sandbox.get(path)).status);
      expect(answers).toEqual(expected);
    });
  });

  test('cursors that lie: expired, the same again, items twice, empty pages with a next', async () => {
    const next = async (sandbox: OpenSandbox, path: string) =>
      String(at((await sandbox.get(path)).json, '_links', 'next'));
    await withFaults('expired-cursor', async (sandbox) => {
      expect((await sandbox.get(await next(sandbox, PAGES))).status).toBe(400);
    });
    await withFaults('repeat-cursor', async (sandbox) => {
      const second = await next(sandbox, PAGES);
      expect(await next(sandbox, second)).toBe(second);
    });
    await withFaults('duplicate', async (sandbox) => {
      const ids = (await sandbox.walk(PAGES)).flat();
      expect(ids.length).toBeGreaterThan(new Set(ids).size);
    });
    await withFaults('empty-next@1', async (sandbox) => {
      const pages = await sandbox.walk(
        '/wiki/rest/api/content/search?cql=type%3Dpage%20and%20space%3DLARGE&limit=25',
      );
      expect(pages[0]).toEqual([]);
      expect(pages.flat()).toEqual(sandbox.wiki.list('page', 'LARGE').map(({ id }) => id));
    });
  });

  test('an answer with too many results is a 504; a smaller part of it is not', async () => {
    await withFaults('too-large=10', async (sandbox) => {
      const asked = ['/wiki/api/v2/pages?limit=11', '/wiki/api/v2/pages?limit=10', SEARCH(11), SEARCH(10)];
      const answers = await Promise.all(asked.map((path) => sandbox.get(path)));
      expect(answers.map(({ status }) => status)).toEqual([504, 200, 504, 200]);
    });
  });

  test('a poison page fails every batch of bodies with it, and alone; its metadata stays readable', async () => {
    await withFaults('poison=#3', async (sandbox) => {
      const ids = sandbox.wiki.list('page', 'LARGE').map(({ id }) => id);
      const batch = (wanted: readonly (string | undefined)[]) =>
        sandbox.get(`/wiki/api/v2/pages?id=${wanted.join()}&body-format=storage`);
      expect((await sandbox.get(BODIES)).status).toBe(500);
      expect((await batch(ids.slice(0, 5))).status).toBe(500);
      expect((await batch([ids[2]])).status).toBe(500);
      expect((await sandbox.get(`/wiki/api/v2/pages/${String(ids[2])}?body-format=view`)).status).toBe(500);
      expect((await batch([ids[0], ids[1], ids[3]])).status).toBe(200);
      expect((await sandbox.get(PAGES)).status).toBe(200);
    });
  });

  test('a page that is gone is listed, but neither in a batch nor alone', async () => {
    await withFaults('gone=#2', async (sandbox) => {
      const [first, second] = sandbox.wiki.list('page', 'LARGE').map(({ id }) => id);
      expect(idsOf(await sandbox.get(PAGES))).toContain(second);
      expect(idsOf(await sandbox.get(`/wiki/api/v2/pages?id=${String(first)},${String(second)}`))).toEqual([
        first,
      ]);
      expect((await sandbox.get(`/wiki/api/v2/pages/${String(second)}`)).status).toBe(404);
    });
  });

  test('files: not there, address expired, one byte short', async () => {
    await withFaults('attachment-403@2,attachment-404@1,expired-url@1,wrong-size@2', async (sandbox) => {
      const file = sandbox.wiki.attach(String(sandbox.wiki.list('page')[0]?.id), {
        fileName: 'a.txt',
        content: '12345',
      });
      const path = `/wiki/rest/api/content/${file.containerId}/child/attachment/${file.id}/download`;
      expect((await sandbox.get(path)).status).toBe(404);
      expect((await sandbox.get(path)).status).toBe(403);
      const url = String((await sandbox.get(path)).headers.get('location'));
      expect((await fetch(url)).status).toBe(403);
      expect(await (await fetch(url)).text()).toBe('1234');
      expect(await (await fetch(url)).text()).toBe('12345');
    });
  });
});
