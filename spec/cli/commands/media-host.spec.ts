import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { createSandbox } from '../../../lib/sandbox/index.js';
import { environmentOf, runCommand } from '../../support/command-line.js';
import { useLoopback } from '../../support/loopback.js';
import { nock } from '../../support/nock.js';
import { useTemporaryFolder } from '../../support/pulling.js';

const folder = useTemporaryFolder();
const serve = useLoopback();

test('--media-host lets files come from a further host', async () => {
  const sandbox = await createSandbox({ pages: 1, folders: 0, attachments: 0, comments: 0, blogposts: 0 });
  const [home] = sandbox.wiki.list('page', 'LARGE');
  sandbox.wiki.attach(home?.id ?? '', { fileName: 'a.txt', content: 'bytes' });
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url: uri = '', headers } = request;
    const body = method === 'GET' ? {} : { body: await text(request) };
    const { authorization = '', 'content-type': type = 'application/json' } = headers;
    const answer = await fetch(`${sandbox.url}${uri}`, {
      method,
      ...body,
      headers: { authorization, 'content-type': type },
      redirect: 'manual',
    });
    const location = answer.headers.get('location')?.replace(sandbox.mediaUrl, 'https://media.example');
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
      ...(location !== undefined && { location }),
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  };
  const url = await serve((request, response) => void forward(request, response));
  nock('https://media.example')
    .get(/./)
    .reply(async (uri: string) => {
      const answer = await fetch(`${sandbox.mediaUrl}${uri}`);
      return [200, Buffer.from(await answer.arrayBuffer())];
    });
  const env = environmentOf(sandbox, url);
  const dir = await folder();
  const pull = ['pull', dir, '--space', 'LARGE'];
  const refused = await runCommand(pull, { env });
  expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('--media-host media.example') });
  const allowed = await runCommand([...pull, '--media-host', 'media.example'], { env });
  expect(allowed).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/written .*\n(?:.*\n)* {2}attachments +1 /m),
  });
  await sandbox.close();
});
