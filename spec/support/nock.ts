import { afterAll } from '@jest/globals';
import nock from 'nock';

// Importing nock patches `node:http`, which all test files of a process share: left so, every later file, with its real
// servers and large bodies, would go through it.
afterAll(() => nock.restore());

export { nock };
export type { ReplyBody } from 'nock';
