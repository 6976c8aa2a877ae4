import type { ConvertContext, Reference, Target } from '../../../lib/convert/index.js';

const PAGES = new Map([
  ['DOCS/Getting started', 'getting-started.md'],
  ['OPS/Run & book', '../ops/run-book.md'],
  ['DOCS/Included', 'included.md'],
  ['DOCS/News', 'blog/2024/2024-02-29-news.md'],
]);

const FILES = ['logo.png', 'my diagram.png', 'plan (final).pdf', 'film.mp4', 'flow', 'flow.png'];

const named = (title: string, spaceKey = 'DOCS'): Target | undefined => {
  const href = PAGES.get(`${spaceKey}/${title}`);
  return href === undefined ? undefined : { href, title };
};

function resolve(reference: Reference): Target | undefined {
  switch (reference.kind) {
    case 'page':
    case 'blogpost':
      return named(reference.title, reference.spaceKey);
    case 'page-id':
      return reference.id === '123' ? { href: 'by-id.md', title: 'Page by id' } : undefined;
    case 'attachment': {
      const name = encodeURIComponent(reference.filename);
      if (reference.page !== undefined) return { href: `getting-started.attachments/${name}` };
      return FILES.includes(reference.filename) ? { href: `page.attachments/${name}` } : undefined;
    }
    default:
      return undefined;
  }
}

const INCLUDED =
  '<p>Whole page</p><ac:structured-macro ac:name="excerpt"><ac:rich-text-body><p>The excerpt with ' +
  '<ac:image><ri:attachment ri:filename="its.png" /></ac:image></p></ac:rich-text-body></ac:structured-macro>';

/** The wiki that the pages in `fixtures/pages` belong to. */
export const fixtureContext: ConvertContext = {
  baseUrl: 'https://example.atlassian.net/wiki',
  spaceKey: 'DOCS',
  resolve,
  userName: (accountId) => (accountId === '557058:ann' ? 'Ann Lee' : undefined),
  children: (page) =>
    page === undefined
      ? [
          {
            title: 'Child [one]',
            href: 'page/child-one.md',
            children: [{ title: 'Grandchild', href: 'page/child-one/grandchild.md' }],
          },
          { title: 'Child two', href: 'page/child-two.md' },
        ]
      : undefined,
  attachments: () => FILES.map((name) => ({ name, href: `page.attachments/${encodeURIComponent(name)}` })),
  include: (page) => (page.kind === 'page' && page.title === 'Included' ? INCLUDED : undefined),
};
