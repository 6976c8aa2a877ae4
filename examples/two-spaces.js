// Two spaces at the same time, under one governor: together they keep within the limits of the wiki.
//   SPACES=DOCS,TEAM DIR=wikis node examples/two-spaces.js
import path from 'node:path';
import { createWiki, pull } from 'rxsync';

const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken } = process.env;
const { SPACES = 'DOCS,TEAM', DIR = 'wikis' } = process.env;

const wiki = createWiki({ url, credentials: { email, apiToken } });
const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => abort.abort());

wiki.limit$.subscribe((limit) => console.error(`At most ${limit} requests at a time.`));

const pullSpace = async (space) => {
  try {
    const summary = await pull({ wiki, space, dir: path.join(DIR, space) }, { signal: abort.signal });
    const { page, attachment } = summary.totals;
    console.log(`${space}: ${page.written} pages, ${attachment.written} attachments`);
    return summary.exitCode;
  } catch (error) {
    console.error(`${space}: ${error.message}`, error.hint ?? '');
    return error.exitCode ?? 1;
  }
};

const exitCodes = await Promise.all(SPACES.split(',').map(pullSpace));
process.exitCode = exitCodes.find((code) => code !== 0) ?? 0;
