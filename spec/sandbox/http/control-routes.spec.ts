import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { parseFields } from '../../../lib/sandbox/http/control-fields.js';
import { type OpenSandbox, at, openSandbox } from '../../support/sandbox-client.js';

const verbsIn = (overview: unknown): readonly string[] => {
  const verbs = at(overview, 'verbs');
  return Array.isArray(verbs) ? verbs.map(String) : [];
};

describe('changes over HTTP', () => {
  let sandbox: OpenSandbox;
  const change = async (verb: string, body: unknown) => {
    const response = await fetch(`${sandbox.url}/_sandbox/${verb}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    const json: unknown = await response.json();
    return { status: response.status, json };
  };

  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox.close());

  test('every verb has an example of its call, whose fields are known', async () => {
    const overview: unknown = await (await fetch(`${sandbox.url}/_sandbox`)).json();
    const verbs = verbsIn(overview);
    const calls = verbs.map((verb) => String(at(overview, 'calls', verb)));
    expect(calls.map((call) => call.split(' ').at(-1))).toEqual(
      verbs.map((verb) => `${sandbox.url}/_sandbox/${verb}`),
    );
    const { json: made } = await change('createPage', { title: 'Called by example', spaceKey: 'LARGE' });
    const id = String(at(made, 'id'));
    for (const call of calls) {
      const fields = parseFields(JSON.parse(/'(.*)'/.exec(call)?.[1] ?? ''));
      expect(Object.keys(fields).length > 0 || call.endsWith('/reindex')).toBe(true);
    }
    const [, edit = ''] = /'(.*)'/.exec(String(at(overview, 'calls', 'editPage'))) ?? [];
    const edited = await change('editPage', JSON.parse(edit.replace('ID', id)));
    expect(edited).toMatchObject({ status: 200, json: { id, version: 2 } });
  });

  test('every verb that is told of works, without credentials', async () => {
    const overview: unknown = await (await fetch(`${sandbox.url}/_sandbox`)).json();
    const made = async (verb: string, body: object): Promise<string> =>
      String(at((await change(verb, body)).json, 'id'));
    const page = await made('createPage', { title: 'By hand', body: '<p>x</p>' });
    const folder = await made('createFolder', { title: 'Folder' });
    const file = await made('attach', { id: page, fileName: 'a.txt', content: 'abc' });
    const comment = await made('comment', { id: page, body: '<p>c</p>' });
    const calls: readonly (readonly [string, object])[] = [
      ['createBlogpost', { title: 'Post' }],
      ['editPage', { id: page, body: '<p>y</p>' }],
      ['renamePage', { id: page, title: 'Renamed' }],
      ['movePage', { id: page, parentId: folder }],
      ['label', { id: page, add: 'l' }],
      ['hidePage', { id: page, hidden: false }],
      ['archivePage', { id: page }],
      ['unarchivePage', { id: page }],
      ['replaceAttachment', { id: file, sizeBytes: 9 }],
      ['editComment', { id: comment }],
      ['resolveComment', { id: comment }],
      ['deleteComment', { id: comment }],
      ['detach', { id: file }],
      ['renameFolder', { id: folder, title: 'F2' }],
      ['moveFolder', { id: folder, parentId: null }],
      ['deleteFolder', { id: folder }],
      ['deletePage', { id: page }],
      ['restorePage', { id: page }],
      ['deleteAttachment', { id: file }],
      ['moveToSpace', { id: page, spaceKey: 'SMALL' }],
      ['purge', { id: page }],
      ['rekeySpace', { spaceKey: 'OLD', key: 'OLDER' }],
      ['archiveSpace', { spaceKey: 'SMALL' }],
      ['advance', { byMs: 1000 }],
      ['reindex', {}],
    ];
    for (const [verb, body] of calls) expect([verb, (await change(verb, body)).status]).toEqual([verb, 200]);
    const used = new Set(['createPage', 'createFolder', 'attach', 'comment', ...calls.map(([verb]) => verb)]);
    expect([...used].sort()).toEqual([...verbsIn(overview)].sort());
  });

  test.each([
    ['fly', {}, 'No such change: fly'],
    ['createPage', {}, 'title is missing'],
    ['createPage', { title: 5 }, 'fields among'],
    ['createPage', { titel: 'x' }, 'fields among'],
    ['createPage', [], 'title is missing'],
    ['editPage', { id: '5' }, 'No such content'],
  ])('%s %j is answered 400 with the reason', async (verb, body, reason) => {
    const { status, json } = await change(verb, body);
    expect([status, at(json, 'message')]).toEqual([400, expect.stringContaining(reason)]);
  });

  test('a body that is no JSON is answered 400', async () => {
    const response = await fetch(`${sandbox.url}/_sandbox/createPage`, { method: 'POST', body: '{' });
    expect(response.status).toBe(400);
  });
});
