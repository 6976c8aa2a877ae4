import type { Content, Space } from './model.js';

/** How the wiki looks to one request, beside what is restricted for everyone. */
export interface View {
  /** Equal keys, equal view: part of the key of kept listings. */
  readonly key: string;
  /** Whether an answer may have the content. */
  shows(content: Content): boolean;
  /** A space as it is told. */
  space(space: Space): Space;
}
