import type {
  FileLink,
  LabelCondition,
  PageLink,
  PageReference,
  Reference,
  Target,
} from '../convert/index.js';

/** What a body asks beyond itself. Questions and answers are plain data. */
export interface Surroundings {
  /** Where a reference on the page leads; undefined when the mirror does not hold it. */
  readonly targetOf: (reference: Reference) => Target | undefined;
  readonly nameOf: (accountId: string) => string | undefined;
  /** The pages below `page`, or below the page itself; undefined when the mirror does not know it. */
  readonly childrenOf: (page?: PageReference) => readonly PageLink[] | undefined;
  /** The pages with certain labels; undefined when labels are not mirrored. */
  readonly labelled: (condition: LabelCondition) => readonly PageLink[] | undefined;
  /** The files of the page. */
  readonly attachments: () => readonly FileLink[];
  /** The storage format of a page whose text is included; undefined when it is not at hand. Absent: nothing is included. */
  readonly sourceOf?: (page: PageReference) => string | undefined;
}
