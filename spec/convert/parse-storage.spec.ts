import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { decodeHTMLStrict } from 'entities';
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { parseStorage } from '../../lib/convert/parse/parse-storage.js';
import { isElement } from '../../lib/convert/parse/storage-node.js';
import type { StorageNode } from '../../lib/convert/parse/storage-node.js';
import { storageBody } from './support/storage-arbitrary.js';

/** The `nodeType` of a text. */
const TEXT = 3;

type Foreign = ReturnType<typeof parseDocument>['children'][number];

/** The tree in brackets, texts beside each other joined, attributes in order. */
const outline = (nodes: readonly StorageNode[]): string =>
  nodes
    .map((node) =>
      isElement(node)
        ? `<${node.name} ${JSON.stringify(node.attributes)}>${outline(node.children)}</>`
        : node.text,
    )
    .join('');

/** The same of what htmlparser2 reads; `decode`: what the entities of a text stand for, outside CDATA. */
const foreignOutline = (nodes: readonly Foreign[], decode = decodeHTMLStrict): string =>
  nodes
    .map((node) => {
      if ('attribs' in node) {
        const attributes = Object.entries(node.attribs).map(([name, value]) => [
          name,
          decodeHTMLStrict(value),
        ]);
        return `<${node.name} ${JSON.stringify(Object.fromEntries(attributes))}>${foreignOutline(node.children)}</>`;
      }
      if ('children' in node) return foreignOutline(node.children, String);
      return node.nodeType === TEXT ? decode(node.data) : '';
    })
    .join('');

const readByBoth = (storage: string): readonly [string, string] => [
  outline(parseStorage(storage)),
  foreignOutline(parseDocument(storage, { xmlMode: true, decodeEntities: false }).children),
];

/** These hold brackets that begin no markup. */
const NOT_WHOLE = /^(?:broken|edges)\./;

const PAGES = readdirSync('fixtures/pages').filter(
  (name) => name.endsWith('.storage.xml') && !NOT_WHOLE.test(name),
);

describe('whole markup is read as htmlparser2 reads it', () => {
  it.each(PAGES)('%s', (name) => {
    const storage = readFileSync(`fixtures/pages/${name}`, 'utf8');
    const [own, foreign] = readByBoth(storage);
    expect(own).toBe(foreign);
  });

  it('any generated body', () => {
    fc.assert(
      fc.property(storageBody, ({ storage }) => {
        const [own, foreign] = readByBoth(storage);
        expect(own).toBe(foreign);
      }),
    );
  });
});

describe('what is not whole', () => {
  it.each([
    ['a bracket before a space', 'a < b', 'a < b'],
    ['a bracket at the end', 'a <', 'a <'],
    ['what only begins like a tag', '<b>a <c and <i>d</i></b>', '<b {}>a <c and <i {}>d</></>'],
    ['a value that does not end', '<a x="1>t</a><p>u</p>', '<a x="1>t<p {}>u</>'],
    ['no space between attributes', '<a b="1"c=\'2\'>t</a>', '<a {"b":"1","c":"2"}>t</>'],
    ['values without quotes, names without values', '<a b=1 c>t</a>', '<a {"b":"1","c":""}>t</>'],
    ['a slash among attributes', '<a / b="1" / >t', '<a {"b":"1"}></>t'],
    ['an end tag with more than its name', '<p>a</p x="1"><p>b</ p >', '<p {}>a</><p {}>b</>'],
    ['an end tag of nothing', 'a</b>c', 'ac'],
    ['an element that another ends', '<p><b>a</p>c', '<p {}><b {}>a</></>c'],
    ['a comment that runs on into the next', 'a<!-- b <i>c</i><!-- d -->', 'a<!-- b <i {}>c</>'],
    ['a comment with a bracket', 'a<!-- <b> -->c', 'ac'],
    ['declarations', '<?xml version="1.0"?><!DOCTYPE html>a', 'a'],
    ['a name from the prototype', '<a __proto__="x" b="1"/>', '<a {"b":"1"}></>'],
  ])('%s', (_, storage, expected) => {
    expect(outline(parseStorage(storage))).toBe(expected);
  });
});
