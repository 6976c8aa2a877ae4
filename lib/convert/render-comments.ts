import type { ConvertContext } from './context.js';
import { text, paragraph } from './document/nodes.js';
import type { Block, Inline } from './document/nodes.js';
import { blocksMarkdown } from './markdown/blocks-markdown.js';
import { pageScope } from './page-scope.js';
import { parseStorage } from './parse/parse-storage.js';
import { Scope } from './scope.js';

/** A comment with its replies. */
export interface CommentThread {
  readonly id: string;
  /** Display name. */
  readonly author: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly location: 'footer' | 'inline';
  readonly resolution?: 'open' | 'reopened' | 'resolved' | 'dangling';
  /** The words of the page that an inline comment is about. */
  readonly selection?: string;
  /** The body in storage format. */
  readonly storage: string;
  readonly replies: readonly CommentThread[];
}

/** Who said it and when, with an anchor that is named as the wiki names it in addresses of comments. */
const heading = ({ id, author, createdAt, resolution }: CommentThread): Block => {
  const state = resolution === undefined ? '' : ` · ${resolution}`;
  const when = text(`${createdAt}${state}`);
  const anchor: Inline = { type: 'anchor', name: `comment-${id}` };
  return author === ''
    ? paragraph(anchor, when)
    : paragraph(anchor, text(author, ['strong']), text(' · '), when);
};

const selected = ({ selection }: CommentThread): readonly Block[] =>
  selection === undefined || selection.trim() === ''
    ? []
    : [{ type: 'blockquote', children: [paragraph(text(selection.trim().replace(/\s+/g, ' ')))] }];

function thread(comment: CommentThread, scope: Scope): readonly Block[] {
  const replies = comment.replies.map((reply) => ({ children: thread(reply, scope) }));
  return [
    heading(comment),
    ...selected(comment),
    ...scope.blocks(parseStorage(comment.storage)),
    ...(replies.length === 0 ? [] : [{ type: 'list', ordered: false, items: replies } as const]),
  ];
}

/** The comments of a page as Markdown: threads in the order given, replies as nested lists. */
export function renderComments(threads: readonly CommentThread[], context: ConvertContext = {}): string {
  const page = pageScope(context);
  const scope = new Scope(page);
  const blocks = threads.flatMap((each, index): readonly Block[] => [
    ...(index === 0 ? [] : [{ type: 'thematicBreak' } as const]),
    ...thread(each, scope),
  ]);
  return blocksMarkdown(blocks, page.dialect);
}
