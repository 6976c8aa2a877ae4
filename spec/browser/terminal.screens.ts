import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'puppeteer-core';
import { wrapWords } from '../../lib/cli/render/wrap-words.js';
import { launchChromium } from '../support/chromium.js';
import { type E2eWiki, ROOT, startWiki, withFolder } from '../support/e2e.js';
import { Pty } from '../support/pty.js';

const COMMAND = 'rxsync pull wiki --space LARGE --comments';

let browser: Browser;
let wiki: E2eWiki;

beforeAll(async () => {
  browser = await launchChromium();
  wiki = await startWiki({
    pages: 1200,
    folders: 40,
    attachments: 500,
    comments: 200,
    latencyMs: 60,
    faults: 'poison=#7',
  });
});

afterAll(async () => {
  await browser.close();
  await wiki.close();
});

const picture = (content: string, columns: number): string => `<!doctype html>
<style>
  body { margin: 0; background: #0d1117 }
  pre { width: ${columns}ch; margin: 0; padding: 14px; color: #c9d1d9; font: 14px/19px 'DejaVu Sans Mono', monospace }
</style>
<pre>${wrapWords(`$ ${COMMAND}`, columns)}\n${content}</pre>`;

const take = async (name: string, content: string, columns: number): Promise<void> => {
  const page = await browser.newPage();
  await page.setViewport({ width: 800, height: 600, deviceScaleFactor: 1.5 });
  await page.setContent(picture(content, columns));
  const shot = await page.$('pre');
  await shot?.screenshot({ path: path.join(ROOT, 'docs/img', `${name}.png`) });
  await page.close();
};

test.each([80, 40])('a pull on a terminal of %i columns, and what it ends with', async (columns) => {
  await withFolder(async (cwd) => {
    const [, ...args] = COMMAND.split(' ');
    const terminal = new Pty(args, { columns, rows: 40, cwd, env: wiki.env });
    await terminal.until(/^pages .*\b[6-9]\d\d\/1,205/);
    await take(`terminal-${columns}`, terminal.html(), columns);
    expect(await terminal.exit).toBe(3);
    await take(`terminal-${columns}-end`, terminal.html(), columns);
  });
});
