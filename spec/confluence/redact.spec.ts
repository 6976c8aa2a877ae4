import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRedact, redactAll } from '../../lib/confluence/redact.js';

const EMAIL = 'ada@example.com';
const TOKEN = 'ATATT3x+/="s\\e[c]ret?&';
const redact = createRedact({ email: EMAIL, apiToken: TOKEN });
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['the token', TOKEN],
  ['its Base64', base64(TOKEN)],
  ['the Authorization header', `Basic ${base64(`${EMAIL}:${TOKEN}`)}`],
  ['Base64 without padding', base64(`${EMAIL}:${TOKEN}`).replace(/=+$/, '')],
  ['Base64 for addresses', Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64url')],
  ['the token in an address', encodeURIComponent(TOKEN)],
  ['the token in an address whose path it is', encodeURIComponent(TOKEN).replaceAll('%2F', '/')],
  ['the token in a whole address', encodeURI(TOKEN)],
  ['the token in a form', new URLSearchParams({ t: TOKEN }).toString()],
  ['escapes in small letters', encodeURIComponent(TOKEN).replace(/%../g, (code) => code.toLowerCase())],
  ['Base64 in an address', encodeURIComponent(base64(TOKEN))],
  ['the pair in words', `${EMAIL}:${TOKEN}`],
  ['the token in JSON in a text', JSON.stringify({ token: TOKEN })],
])('%s is not told', (_, secret) => {
  const told = redact(`Bad header "${secret}".`);
  expect(told).toContain('[redacted]');
  for (const form of [TOKEN, base64(TOKEN), base64(`${EMAIL}:${TOKEN}`), encodeURIComponent(TOKEN)])
    expect(told).not.toContain(form);
});

test('a bearer token is not told, wherever it stands in an answer', () => {
  const bearer = createRedact({ bearerToken: 'abc.def' });
  expect(redactAll(bearer, { errors: [{ title: 'Bearer abc.def', n: 7 }], message: null })).toEqual({
    errors: [{ title: 'Bearer [redacted]', n: 7 }],
    message: null,
  });
  expect(redactAll(bearer, undefined)).toBeUndefined();
  expect(bearer('abcXdef')).toBe('abcXdef');
});

test('other words stay as they are; without a token there is nothing to hide', () => {
  fc.assert(fc.property(fc.string({ maxLength: 5 }), (text) => expect(redact(text)).toBe(text)));
  expect(createRedact({ bearerToken: '' })('as it is')).toBe('as it is');
});

test.each([
  ['an address with escapes', encodeURI('secret %/?'), 'secret %/?'],
  ['a form', 'secret+%25%2F%3F', 'secret %/?'],
  ['a part of an address', 'secret%20%25%2F%3F', 'secret %/?'],
  ['a path', 'secret%20%25/%3F', 'secret %/?'],
  ['small letters', 'secret%20%25%2f%3f', 'secret %/?'],
  ['an escape of an escape', 'secret%2520%2525%252F%253F', 'secret %/?'],
  ['JSON', 'a\\"b', 'a"b'],
  ['Base64 of the token after a colon', Buffer.from(':abcde').toString('base64'), 'abcde'],
])('in %s nothing but the secret is taken out', (_name, form, apiToken) => {
  const hide = createRedact({ email: EMAIL, apiToken });
  expect(hide(`<${form}> and <${form}>`)).toBe('<[redacted]> and <[redacted]>');
});

test('the longest form goes first, so that no half of one stays', () => {
  const hide = createRedact({ email: 'xy@b', apiToken: 'xy' });
  expect(hide('xy@b:xy')).toBe('[redacted]');
});

test.each(['.', '*', '+', '(', ')', '[', ']', '{', '}', '|', '^', '$', '?', '\\', '/', '-'])(
  'the sign %s of a token stands for itself only',
  (sign) => {
    const hide = createRedact({ bearerToken: `a${sign}b` });
    expect(hide(`a${sign}b ab aab axb a`)).toBe('[redacted] ab aab axb a');
  },
);

test('an empty email or a token without letters to hide leaves the words alone', () => {
  expect(createRedact({ bearerToken: '' })('words')).toBe('words');
  expect(redactAll(String, 7)).toBe(7);
  expect(redactAll(String, null)).toBeNull();
});

const LONG = 'ATATT3xFfGF0+7_xyz/abcdefghijklmnop=Q5';
const PAIR = base64(`${EMAIL}:${LONG}`);
const entities = (text: string, of = /[^a-z\d]/gi) => text.replace(of, (sign) => `&#${sign.charCodeAt(0)};`);

test.each([
  ['with entities of HTML for its signs', entities(LONG)],
  ['with entities for all of it', entities(LONG, /./g)],
  ['with hexadecimal entities', LONG.replace(/[+=/]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`)],
  ['with named entities', LONG.replace('+', '&plus;').replace('=', '&equals;').replace('/', '&sol;')],
  ['with entities of entities', entities(LONG).replaceAll('&', '&amp;')],
  ['with escapes of JSON', LONG.replace('/', '\\/').replace('+', '\\u002b')],
  ['as the header, with entities', entities(PAIR)],
  ['as the header, in lines', PAIR.replace(/.{20}/g, '$&\n ')],
  ['with a space after each character', LONG.replace(/.(?=.)/g, '$& ')],
  ['in hexadecimal', Buffer.from(LONG).toString('hex')],
  ['as the header, in hexadecimal', Buffer.from(`${EMAIL}:${LONG}`).toString('hex').toUpperCase()],
  [
    'in hexadecimal, byte by byte',
    Buffer.from(LONG)
      .toString('hex')
      .replace(/..(?=.)/g, '$& '),
  ],
  ['cut off', LONG.slice(0, 28)],
  ['without its beginning', LONG.slice(9)],
])('a token that is told %s is not', (_, told) => {
  const hide = createRedact({ email: EMAIL, apiToken: LONG });
  expect(hide(`Denied: <b title="x">${told}</b> &amp; more`)).toBe(
    'Denied: <b title="x">[redacted]</b> &amp; more',
  );
});

test('what is not a part of a secret keeps its escapes and its spaces, whatever it is', () => {
  const hide = createRedact({ email: EMAIL, apiToken: LONG });
  const words = `${EMAIL} may not &#60;b&#62; %2Fwiki%2F \\u0041 ${LONG.slice(0, 11)} ${LONG.slice(-11)}`;
  expect(hide(words)).toBe(words);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(hide(text)).toBe(text)));
});

test('of an answer that goes on and on the beginning is told', () => {
  const hide = createRedact({ email: EMAIL, apiToken: LONG });
  expect(hide('x'.repeat(1_000_000))).toBe(`${'x'.repeat(10_000)}…`);
});
