import { describe, expect, it } from '@jest/globals';
import { accountIds, renderComments } from '../../lib/convert/index.js';
import type { CommentThread } from '../../lib/convert/index.js';

const comment = (change: Partial<CommentThread>): CommentThread => ({
  id: '1',
  author: 'Ann *Lee*',
  createdAt: '2024-02-29T10:00:00.000Z',
  location: 'footer',
  storage: '<p>Hello</p>',
  replies: [],
  ...change,
});

describe('renderComments', () => {
  it('gives an empty string for no comments', () => {
    expect(renderComments([])).toBe('');
  });

  it('shows the date alone of a comment whose author nobody tells', () => {
    expect(renderComments([comment({ author: '' })])).toBe(
      '<a id="comment-1"></a>2024-02-29T10:00:00.000Z\n\nHello\n',
    );
  });

  it('shows author, date, state, quoted selection and nested replies in order', () => {
    const reply = comment({ id: '2', author: 'Bo', storage: '<p>Yes</p><p>indeed</p>' });
    const inline = comment({
      location: 'inline',
      resolution: 'resolved',
      selection: 'the *words*',
      replies: [reply],
    });
    expect(renderComments([inline, comment({ id: '3', author: 'Cy' })])).toBe(
      [
        '<a id="comment-1"></a>**Ann \\*Lee\\*** · 2024-02-29T10:00:00.000Z · resolved',
        '',
        '> the \\*words\\*',
        '',
        'Hello',
        '',
        '- <a id="comment-2"></a>**Bo** · 2024-02-29T10:00:00.000Z',
        '',
        '  Yes',
        '',
        '  indeed',
        '',
        '***',
        '',
        '<a id="comment-3"></a>**Cy** · 2024-02-29T10:00:00.000Z',
        '',
        'Hello',
        '',
      ].join('\n'),
    );
  });
});

describe('accountIds', () => {
  it('finds each account once, decoded', () => {
    const storage =
      '<ri:user ri:account-id="557058:a&amp;b" /><ri:user ri:account-id="x" /><ri:user ri:account-id=\'x\' />';
    expect(accountIds(storage)).toEqual(['557058:a&b', 'x']);
  });
});
