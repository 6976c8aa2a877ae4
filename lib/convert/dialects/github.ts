import GithubSlugger from 'github-slugger';
import type { Dialect } from './dialect.js';

/** GitHub-flavoured Markdown. */
export const github: Dialect = {
  alert: { first: '> ', rest: '> ', head: (kind) => `[!${kind}]`, takesTitle: false, nests: false },
  lineBreak: '\\\n',
  delimiters: { strong: '**', emphasis: '*', delete: '~~' },
  indent: (marker) => ' '.repeat(marker.length),
  alternates: true,
  itemsBeginWithBlocks: true,
  details: '<details>',
  markdownInHtml: false,
  escape: (characters) => characters.replace(/./g, '\\$&'),
  barsInCode: true,
  dollars: false,
  headingIds: () => {
    const slugger = new GithubSlugger();
    return (text) => slugger.slug(text);
  },
  fragment: (id) => `#${id}`,
};
