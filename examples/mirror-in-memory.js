// A mirror in memory: one line for each file of a space, with nothing written to disk.
//   SPACE=DOCS node examples/mirror-in-memory.js
import { lastValueFrom } from 'rxjs';
import { pull$ } from 'rxsync';
import { memoryMirror } from './memory-mirror.js';

const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken } = process.env;
const { SPACE = 'DOCS' } = process.env;

const { files, edges } = memoryMirror();
const options = { url, credentials: { email, apiToken }, space: SPACE, dir: 'memory' };
const { exitCode } = await lastValueFrom(pull$(options, edges));
for (const [path, { content }] of [...files].sort()) console.log(`${content.length}\t${path}`);
process.exitCode = exitCode;
