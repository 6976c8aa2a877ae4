import type { ConvertContext, Reference, Target } from '../../../lib/convert/index.js';

const FILES = ['a.png', 'b.png', 'c.pdf', 'd.pdf', 'class diagram', 'flow.puml', 'net', 'net.png', 'seq.svg'];

function resolve(reference: Reference): Target | undefined {
  switch (reference.kind) {
    case 'page':
      return { href: `${encodeURIComponent(reference.title.toLowerCase())}.md`, title: reference.title };
    case 'page-id':
      return { href: `p${reference.id}.md`, title: `Page ${reference.id}` };
    case 'attachment':
      return FILES.includes(reference.filename)
        ? { href: `page.attachments/${encodeURIComponent(reference.filename)}` }
        : undefined;
    default:
      return undefined;
  }
}

/** The wiki that the bodies in `fixtures/cases` belong to: it has every page, and some files on the one converted. */
export const caseContext: ConvertContext = {
  baseUrl: 'https://example.atlassian.net/wiki',
  spaceKey: 'X',
  resolve,
};
