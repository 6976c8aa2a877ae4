import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';
import type { PageLink, Reference } from '../../lib/convert/index.js';

describe('convert', () => {
  it('names child pages that have no address', () => {
    const children = (): readonly PageLink[] => [
      { title: 'A', href: '' },
      { title: 'B', href: 'b.md' },
    ];
    expect(toMarkdown('<ac:structured-macro ac:name="children" />', { children })).toBe('- A\n- [B](b.md)\n');
  });

  it('gives an empty string for an empty body', () => {
    expect(toMarkdown('')).toBe('');
    expect(toMarkdown('<p>&nbsp;</p><p/>')).toBe('');
  });

  it('asks for each reference once, in order', () => {
    const storage =
      '<p><ac:link><ri:page ri:content-title="B" /></ac:link> <ac:image><ri:attachment ri:filename="x.png"/></ac:image>' +
      '<ac:link><ri:page ri:content-title="B" /></ac:link></p>';
    const asked: Reference[] = [];
    const markdown = toMarkdown(storage, {
      resolve: (reference) => {
        asked.push(reference);
        return reference.kind === 'page' ? { href: 'b.md' } : { href: 'a.attachments/x.png' };
      },
    });
    expect(markdown).toBe('[B](b.md) ![x.png](a.attachments/x.png)[B](b.md)\n');
    expect(asked).toEqual([
      { kind: 'page', title: 'B' },
      { kind: 'attachment', filename: 'x.png' },
    ]);
  });
});
