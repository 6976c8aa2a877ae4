import { expect, test } from '@jest/globals';
import { parseBody, readBody, type Reference } from '../../lib/convert/index.js';
import { mentionedReferences } from '../../lib/convert/mentioned-references.js';
import { bodies } from './support/bodies.js';

const BASE = 'https://example.atlassian.net/wiki';

/** What is asked for when a body is read, each once. */
const askedBy = (body: string): ReadonlySet<string> => {
  const asked = new Set<string>();
  const resolve = (reference: Reference) => {
    asked.add(JSON.stringify(reference));
    return undefined;
  };
  readBody(parseBody(body), { resolve, baseUrl: BASE });
  return asked;
};

const mentionedIn = (body: string): ReadonlySet<string> =>
  new Set(mentionedReferences(body, BASE).map((reference) => JSON.stringify(reference)));

test.each([
  ['a page', '<ac:link><ri:page ri:content-title="A" ri:space-key="S" /></ac:link>'],
  [
    'an image of another page',
    '<ac:image><ri:attachment ri:filename="a"><ri:page ri:content-title="A" /></ri:attachment></ac:image>',
  ],
  ['a person', '<p>Ask <ac:link><ri:user ri:account-id="a:b" /></ac:link></p>'],
  ['an address on the wiki', `<table><tr><td><a href="${BASE}/spaces/S/pages/12/x">x</a></td></tr></table>`],
])('%s is mentioned as it is asked for', (_, body) => {
  expect(askedBy(body).size).toBe(1);
  expect(mentionedIn(body)).toEqual(askedBy(body));
});

test('whatever bodies of wikis ask for is mentioned in them, but for the files that macros name', () => {
  const asked = bodies.flatMap(([, body]) => {
    const mentioned = mentionedIn(body);
    return [...askedBy(body)].map((reference) => ({ reference, isMentioned: mentioned.has(reference) }));
  });
  const missed = asked.filter(({ isMentioned }) => !isMentioned);
  expect(asked.length - missed.length).toBeGreaterThan(30);
  expect(missed.filter(({ reference }) => !reference.includes('"attachment"'))).toEqual([]);
});
