import type { PagingStyle } from '../http/paging.js';
import type { Content, ContentType, Space } from '../wiki/model.js';
import type { Json } from './json-rows.js';
import type { WildRequest } from './wild-request.js';

/** The value that the name of a behaviour may carry: `name=value`. */
export interface ValueShape {
  /** How it is written, for people: `N`, `ID|#n`. */
  readonly text: string;
  /** Which texts it takes; all that `text` tells by default. */
  readonly pattern: RegExp;
  /** What holds without a value; absent: it needs one. */
  readonly fallback?: string;
  /** What `#n` counts: the n-th current one of this type in the large space, by id, when it is switched on. */
  readonly counts?: ContentType;
}

/**
 * One way in which real wikis misbehave. Every hook is asked for each request while the behaviour is on, and answers
 * undefined, or gives back what it was given, where the behaviour has no part in it.
 */
export interface Behaviour {
  /** What it does, in a sentence for people. */
  readonly does: string;
  /** Where it was seen: section of the field guide to the REST API, and what it says. */
  readonly evidence: string;
  /** A correct client loses nothing by it: `all` has it. */
  readonly mild?: true;
  /** Absent: the name stands alone. */
  readonly value?: ValueShape;
  /** Answers before the credentials are looked at. */
  intercepts?(request: WildRequest, value: string): Response | undefined;
  /** Answers in the stead of the route, once the credentials are accepted. */
  refuses?(request: WildRequest, value: string): Response | undefined;
  /** Tells which content the answer may show, in listings, by id and in search. */
  shows?(request: WildRequest, value: string): ((content: Content) => boolean) | undefined;
  /** A space as it is told. */
  space?(space: Space, request: WildRequest): Space;
  /** How listings are cut into pages. */
  pages?(request: WildRequest, value: string): PagingStyle | undefined;
  /** Most results of an answer. */
  caps?(request: WildRequest, value: string): number | undefined;
  /** Content in an answer: each of the results, or the answer by id. */
  row?(row: Json, request: WildRequest, value: string): Json;
  /** Headers of every answer, in place of those of the same name. */
  headers?(request: WildRequest, value: string): readonly (readonly [name: string, value: string])[];
  /** An answer as a whole. */
  answer?(json: Json, request: WildRequest, value: string): Json;
}

/** A number from 1. */
export const count = (fallback?: number): ValueShape => ({
  text: 'N',
  pattern: /^[1-9]\d*$/,
  ...(fallback === undefined ? {} : { fallback: String(fallback) }),
});

/** The id of content, or `#n` for the n-th of its type in the large space. */
export const idOf = (counts: ContentType): ValueShape => ({
  text: 'ID|#n',
  pattern: /^(?:#[1-9]\d*|(?:att)?\d+)$/,
  counts,
});
