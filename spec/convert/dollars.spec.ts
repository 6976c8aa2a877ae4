import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';
import { macro } from './support/piece.js';

/** GitHub pairs dollars in text where escapes are gone; an element around one keeps it apart. */
const ONE = '<span>$</span>';
const TABLE_END = '<td>b</td></tr></tbody></table>';

describe('dollars of a text, for GitHub', () => {
  it.each([
    ['a placeholder', '$name$', `${ONE}name$`],
    ['two of them', '$a$ and ($b$)', `${ONE}a$ and (${ONE}b$)`],
    ['two dollars on either side', '$$a$$', '<span>$$</span>a$$'],
    ['a price and a currency', '$20 (US$)', `${ONE}20 (US$)`],
    ['what could be closed later', '$5 or $b$', `${ONE}5 or ${ONE}b$`],
    ['code between dollars', 'a $<code>b</code>$', `a ${ONE}\`b\`$`],
    ['bold text', '<strong>$a$</strong>', `**${ONE}a$**`],
    ['the text of a link', '<a href="https://x.y/$a$">$a$</a>', `[${ONE}a$](https://x.y/$a$)`],
  ])('are kept apart: %s', (_, storage, markdown) => {
    expect(toMarkdown(`<p>${storage}</p>`)).toBe(`${markdown}\n`);
  });

  it.each(['costs $5 and $6', 'US$5/$6, $HOME/$USER', 'between $5 - $10', 'a$ b$', 'https://x.y/$a$/b'])(
    'stay as they are: %s',
    (text) => {
      expect(toMarkdown(`<p>${text}</p>`)).toBe(`${text}\n`);
    },
  );

  it('are kept apart in tables, in HTML, too, and in the title of an expand', () => {
    expect(toMarkdown(`<table><tbody><tr><td>$a$</td>${TABLE_END}`)).toContain(`| ${ONE}a$ | b |`);
    expect(toMarkdown(`<table><tbody><tr><td colspan="2">$a$</td>${TABLE_END}`)).toContain(`>${ONE}a$</td>`);
    expect(
      toMarkdown(macro('expand', { title: '$a$' }, '<ac:rich-text-body>b</ac:rich-text-body>')),
    ).toContain(`<summary>${ONE}a$</summary>`);
  });

  it('stay as they are in code, and in the text of a picture', () => {
    const code = `<table><tbody><tr><td><code>$a\\|b$</code></td>${TABLE_END}`;
    const image = '<ac:image ac:alt="$a$"><ri:url ri:value="https://x.y/i"/></ac:image>';
    expect(toMarkdown(code)).toContain('<code>$a\\\\\\|b$</code>');
    expect(toMarkdown(image)).toBe('![$a$](https://x.y/i)\n');
  });

  it('are found in no time', () => {
    const many = '$a '.repeat(100_000);
    expect(toMarkdown(`<p>${many}</p>`)).toBe(`${many.trim()}\n`);
  });
});
