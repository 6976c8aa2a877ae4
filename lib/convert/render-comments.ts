import type { ConvertContext } from './context.js';
import { DIALECTS } from './dialects/dialects.js';
import { headingsOf } from './document/plain-text.js';
import { text, paragraph } from './document/nodes.js';
import type { Block } from './document/nodes.js';
import { ELEMENT_HANDLERS } from './elements/element-handlers.js';
import { PageAnchors } from './links/page-anchors.js';
import { ReferenceResolver } from './links/reference-resolver.js';
import { Expansions } from './macros/expansions.js';
import { MarkdownWriter } from './markdown/markdown-writer.js';
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

const heading = ({ author, createdAt, resolution }: CommentThread): Block => {
  const state = resolution === undefined ? '' : ` · ${resolution}`;
  const when = text(`${createdAt}${state}`);
  return author === '' ? paragraph(when) : paragraph(text(author, ['strong']), text(' · '), when);
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
  const dialect = DIALECTS[context.flavor ?? 'github'];
  const scope = new Scope({
    context,
    dialect,
    resolver: new ReferenceResolver(context),
    handlers: ELEMENT_HANDLERS,
    expansions: new Expansions(),
    properties: new Map(),
  });
  const blocks = threads.flatMap((each, index): readonly Block[] => [
    ...(index === 0 ? [] : [{ type: 'thematicBreak' } as const]),
    ...thread(each, scope),
  ]);
  const writer = new MarkdownWriter(new PageAnchors(headingsOf(blocks), dialect));
  writer.blocks(blocks);
  return writer.toString();
}
