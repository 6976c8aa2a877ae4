import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Subject } from 'rxjs';
import { pullFrom } from '../support/faulty-wiki.js';
import { type E2eWiki, readMarkdown, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;
let title: string;

const PARENT = '<ac:structured-macro ac:name="children"/>';

beforeEach(async () => {
  wiki = await startWiki({ pages: 40, folders: 4, attachments: 10, comments: 15, bodyKb: 1 });
  title = addPage('Target', '<p>The goal.</p>');
  for (let n = 0; n < 3; n += 1)
    addPage(`Source ${n}`, `<p><ac:link><ri:page ri:content-title="Target"/></ac:link></p>${PARENT}`);
});

afterEach(() => wiki.close());

const addPage = (name: string, body: string): string => {
  const { id } = wiki.sandbox.wiki.createPage(name);
  wiki.sandbox.wiki.editPage(id, { body });
  return id;
};

const rename = (to: string): void => {
  wiki.sandbox.wiki.renamePage(title, { title: to });
  wiki.sandbox.wiki.advance({ byMs: 3_600_000 });
};

const pullInto = (dir: string, checkDeletions = true) =>
  pullFrom(wiki.sandbox, dir, { options: { checkDeletions } });

const stopAtFirstPage = (dir: string) => {
  const stop$ = new Subject<string>();
  return pullFrom(wiki.sandbox, dir, {
    options: { concurrency: 1 },
    deps: { stop$ },
    onEvent: ({ type }) => {
      if (type === 'page.written' || type === 'page.moved') stop$.next('SIGINT');
    },
  });
};

/** Each way to get from one state of the wiki to the next. */
const STEPS: Readonly<Record<string, (dir: string) => Promise<unknown>>> = {
  'a whole pull': (dir) => pullInto(dir),
  'a quick delta': (dir) => pullInto(dir, false),
  'a pull that is stopped at its first page': stopAtFirstPage,
};

test.each(Object.keys(STEPS))(
  'links are right again when a name has come and gone, with %s between',
  async (step) => {
    await withFolder(async (folder) => {
      const dir = path.join(folder, 'mirror');
      await pullInto(dir);
      await pullInto(dir);
      rename('Elsewhere');
      await STEPS[step]?.(dir);
      rename('Target');
      const { end, tree } = await pullInto(dir);
      expect(end.exitCode).toBe(0);
      expect(tree).toEqual((await pullInto(path.join(folder, 'fresh'))).tree);
    });
  },
);

/** A page without children that a page of the wiki's own links to: such a link follows the title of the page. */
const linkedPage = (texts: Readonly<Record<string, string>>): string => {
  const LINK = /\]\(((?:[^()\s:#]+\/)?[^()\s:#/]+\.md)[)#]/g;
  for (const [name, text] of Object.entries(texts))
    for (const [, href = ''] of text.matchAll(LINK)) {
      const target = path.posix.join(path.posix.dirname(name), href);
      const [, id] = /^id: "?(\d+)"?$/m.exec(texts[target] ?? '') ?? [];
      if (id !== undefined && !Object.keys(texts).some((each) => each.startsWith(`${target.slice(0, -3)}/`)))
        return id;
    }
  return '';
};

type Hands = E2eWiki['sandbox']['wiki'];

/** Ways of a page out of the mirror, and back. */
const WAYS: Readonly<
  Record<
    string,
    readonly [away: (hands: Hands, id: string) => unknown, back: (hands: Hands, id: string) => unknown]
  >
> = {
  'it was hidden': [(hands, id) => hands.hidePage(id), (hands, id) => hands.hidePage(id, { hidden: false })],
  'it was archived': [(hands, id) => hands.archivePage(id), (hands, id) => hands.unarchivePage(id)],
  'it was in the trash': [(hands, id) => hands.deletePage(id), (hands, id) => hands.restorePage(id)],
};

describe.each(Object.entries(WAYS))(
  'links follow a page that comes back by another name: %s',
  (_way, [away, back]) => {
    test.each(Object.entries(STEPS))('%s between', async (_step, step) => {
      await withFolder(async (folder) => {
        const { wiki: hands } = wiki.sandbox;
        const dir = path.join(folder, 'mirror');
        await pullInto(dir);
        title = linkedPage(await readMarkdown(dir));
        away(hands, title);
        hands.advance({ byMs: 3_600_000 });
        await pullInto(dir);
        back(hands, title);
        rename('Back again');
        await step(dir);
        const { end, tree } = await pullInto(dir);
        expect(end.exitCode).toBe(0);
        expect(tree).toEqual((await pullInto(path.join(folder, 'fresh'))).tree);
        expect(Object.values(await readMarkdown(dir)).join()).toMatch(/\[Back again\]\([^:)]+\.md\)/);
        expect((await pullInto(dir)).end).toMatchObject({ totals: { page: { written: 0 } } });
      });
    });
  },
);
