import os from 'node:os';
import { expect, test } from '@jest/globals';
import { readDocuments } from '../../lib/documents/read-documents.js';
import { Folder } from '../../lib/store/folder.js';
import { MirrorDirectory } from '../../lib/store/mirror-directory.js';

test('what is refused to the whole process is an error that names the file, and says what to do', async () => {
  const pin = () => {
    throw Object.assign(new Error('EMFILE'), { code: 'EMFILE', syscall: 'open' });
  };
  const directory = new MirrorDirectory(new Folder(os.tmpdir(), { pin }));
  const source = { directory, site: 'https://wiki.example', spaceId: '5', flavor: 'github' } as const;
  const files = [{ path: 'a.md', bytes: 1, hash: '' }];
  const page = {
    key: 'page:1',
    id: '1',
    kind: 'page',
    files,
    comments: undefined,
    ancestors: [],
    source: '',
  } as const;
  await expect(readDocuments(source, page)).rejects.toMatchObject({
    code: 'store',
    message: '"a.md" cannot be read: EMFILE.',
    hint: expect.stringContaining('ulimit -n'),
  });
});
