import { SandboxError } from '../../errors/sandbox-error.js';
import type { ContentStore } from '../wiki/content-store.js';
import { type Content, type ContentType, TREE_TYPES, isTreeNode } from '../wiki/model.js';
import { ancestorsOf } from '../wiki/visibility.js';
import { type DateContext, spanOf } from './cql-dates.js';
import type { CqlClause, CqlNode, CqlValue, Operator } from './parse.js';

/** What a query is evaluated against. */
export interface CqlContext extends DateContext {
  readonly store: ContentStore;
  readonly bodyOf: (content: Content) => string;
}

type Predicate = (content: Content) => boolean;

export const SEARCHABLE: readonly ContentType[] = [...TREE_TYPES, 'blogpost', 'attachment', 'comment'];
const isType = (name: string): name is ContentType => SEARCHABLE.some((type) => type === name);

const EQUALITY: readonly Operator[] = ['=', '!=', 'in', 'not in'];
const MATCHING: readonly Operator[] = ['~', '!~'];
const DATES: readonly Operator[] = ['=', '!=', '>', '>=', '<', '<='];

const refuse = (clause: CqlClause): never => {
  throw new SandboxError(
    `Could not parse cql : the operator '${clause.operator}' or its value does not fit the field '${clause.field}'`,
  );
};

const allow = (clause: CqlClause, operators: readonly Operator[]): void => {
  if (!operators.includes(clause.operator)) refuse(clause);
};

const isNegative = ({ operator }: CqlClause): boolean =>
  operator === '!=' || operator === 'not in' || operator === '!~';

const texts = (clause: CqlClause): readonly string[] =>
  clause.values.map((value: CqlValue) => (value.call === undefined ? value.text : refuse(clause)));

/** A clause on what the content has: true when it has one of the values. */
const equality = (clause: CqlClause, valuesOf: (content: Content) => readonly string[]): Predicate => {
  allow(clause, EQUALITY);
  const wanted = new Set(texts(clause).map((text) => text.toLowerCase()));
  const expected = !isNegative(clause);
  return (content) => valuesOf(content).some((value) => wanted.has(value.toLowerCase())) === expected;
};

const words = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const matching = (clause: CqlClause, textOf: (content: Content) => string): Predicate => {
  allow(clause, MATCHING);
  const wanted = texts(clause).flatMap(words);
  const expected = !isNegative(clause);
  return (content) => {
    const text = textOf(content).toLowerCase();
    return wanted.every((word) => text.includes(word)) === expected;
  };
};

const dates = (clause: CqlClause, context: CqlContext, timeOf: (content: Content) => number): Predicate => {
  allow(clause, DATES);
  const { from, to } = spanOf(clause.values[0] ?? refuse(clause), context);
  const inSpan: Readonly<Record<string, (time: number) => boolean>> = {
    '=': (time) => time >= from && time < to,
    '!=': (time) => time < from || time >= to,
    '>': (time) => time >= to,
    '>=': (time) => time >= from,
    '<': (time) => time < from,
    '<=': (time) => time < to,
  };
  const test = inSpan[clause.operator] ?? refuse(clause);
  return (content) => test(timeOf(content));
};

const idOf = (content: Content): readonly string[] =>
  content.type === 'attachment' ? [content.id, content.id.slice(3)] : [content.id];

const containerOf = (content: Content): readonly string[] =>
  'containerId' in content ? [content.containerId] : [];
const parentOf = (content: Content): readonly string[] =>
  isTreeNode(content) && content.parentId !== null ? [content.parentId] : [];

const FIELDS: Readonly<Record<string, (clause: CqlClause, context: CqlContext) => Predicate>> = {
  id: (clause) => equality(clause, idOf),
  content: (clause) => equality(clause, idOf),
  space: (clause, { store }) => equality(clause, ({ spaceId }) => [store.spaces.get(spaceId)?.key ?? '']),
  type: (clause) => {
    if (texts(clause).some((name) => !isType(name.toLowerCase()))) refuse(clause);
    return equality(clause, ({ type }) => [type]);
  },
  container: (clause) => equality(clause, containerOf),
  parent: (clause) => equality(clause, parentOf),
  ancestor: (clause, { store }) =>
    equality(clause, (content) => ancestorsOf(store, content).map(({ id }) => id)),
  label: (clause) => equality(clause, ({ labels }) => labels),
  creator: (clause) => equality(clause, ({ authorId }) => [authorId]),
  title: (clause) =>
    MATCHING.includes(clause.operator)
      ? matching(clause, ({ title }) => title)
      : equality(clause, ({ title }) => [title]),
  text: (clause, { bodyOf }) => matching(clause, (content) => `${content.title} ${bodyOf(content)}`),
  created: (clause, context) => dates(clause, context, ({ createdAt }) => createdAt),
  lastmodified: (clause, context) => dates(clause, context, ({ modifiedAt }) => modifiedAt),
};

/** Makes a test out of a parsed query; throws SandboxError for fields and operators that CQL does not have. */
export const compile = (node: CqlNode, context: CqlContext): Predicate => {
  if (node.kind === 'clause') {
    const make = Object.hasOwn(FIELDS, node.field) ? FIELDS[node.field] : undefined;
    if (make === undefined) throw new SandboxError(`Could not parse cql : there is no field '${node.field}'`);
    return make(node, context);
  }
  if (node.kind === 'not') {
    const inner = compile(node.of, context);
    return (content) => !inner(content);
  }
  const parts = node.parts.map((part) => compile(part, context));
  return node.kind === 'and'
    ? (content) => parts.every((part) => part(content))
    : (content) => parts.some((part) => part(content));
};

/** The types that a query can find: what need not be looked at is left out. */
export const typesOf = (node: CqlNode): readonly ContentType[] => {
  if (node.kind === 'not') return SEARCHABLE;
  if (node.kind === 'clause') {
    if (node.field !== 'type' || !['=', 'in'].includes(node.operator)) return SEARCHABLE;
    const names = node.values.map(({ text }) => text.toLowerCase());
    return SEARCHABLE.filter((type) => names.includes(type));
  }
  const sets = node.parts.map(typesOf);
  const has = (type: ContentType) => (set: readonly ContentType[]) => set.includes(type);
  return SEARCHABLE.filter((type) => (node.kind === 'and' ? sets.every(has(type)) : sets.some(has(type))));
};
