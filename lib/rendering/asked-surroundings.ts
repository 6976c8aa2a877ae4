import type {
  FileLink,
  LabelCondition,
  PageLink,
  PageReference,
  Reference,
  Target,
} from '../convert/index.js';
import type { Surroundings } from './surroundings.js';

/** What a body has asked and nobody has answered yet. */
export interface Questions {
  readonly references: readonly Reference[];
  readonly accountIds: readonly string[];
  /** Whose child pages; undefined: those of the page itself. */
  readonly parents: readonly (PageReference | undefined)[];
  readonly attachments: boolean;
  readonly sources: readonly PageReference[];
  readonly conditions: readonly LabelCondition[];
}

/** The answers, in the order of the questions. */
export interface Answers {
  readonly targets: readonly (Target | undefined)[];
  readonly names: readonly (string | undefined)[];
  readonly children: readonly (readonly PageLink[] | undefined)[];
  readonly attachments: readonly FileLink[];
  readonly sources: readonly (string | undefined)[];
  readonly labelled: readonly (readonly PageLink[] | undefined)[];
}

export const answersTo = (
  { references, accountIds, parents, attachments, sources, conditions }: Questions,
  surroundings: Surroundings,
): Answers => ({
  targets: references.map(surroundings.targetOf),
  names: accountIds.map(surroundings.nameOf),
  children: parents.map(surroundings.childrenOf),
  attachments: attachments ? surroundings.attachments() : [],
  sources: sources.map((page) => surroundings.sourceOf?.(page)),
  labelled: conditions.map(surroundings.labelled),
});

const keyOf = (question: unknown): string => JSON.stringify([question]);

/** Answers that come later: a question is answered by nothing at first, and noted. */
class Later<Q, A> {
  readonly #answers = new Map<string, A | undefined>();
  #asked: Q[] = [];

  readonly ask = (question: Q): A | undefined => {
    const key = keyOf(question);
    if (!this.#answers.has(key)) {
      this.#asked.push(question);
      this.#answers.set(key, undefined);
    }
    return this.#answers.get(key);
  };

  take(): readonly Q[] {
    const asked = this.#asked;
    this.#asked = [];
    return asked;
  }

  learn(questions: readonly Q[], answers: readonly (A | undefined)[]): void {
    for (const [i, question] of questions.entries()) this.#answers.set(keyOf(question), answers[i]);
  }
}

/** Surroundings that are somewhere else: what they were asked is to be taken, answered there, and learned. */
export class AskedSurroundings implements Surroundings {
  readonly #targets = new Later<Reference, Target>();
  readonly #names = new Later<string, string>();
  readonly #children = new Later<PageReference | undefined, readonly PageLink[]>();
  readonly #attachments = new Later<true, readonly FileLink[]>();
  readonly #sources = new Later<PageReference, string>();
  readonly #labelled = new Later<LabelCondition, readonly PageLink[]>();
  readonly targetOf = this.#targets.ask;
  readonly nameOf = this.#names.ask;
  readonly childrenOf = this.#children.ask;
  readonly sourceOf = this.#sources.ask;
  readonly labelled = this.#labelled.ask;

  attachments(): readonly FileLink[] {
    return this.#attachments.ask(true) ?? [];
  }

  /** Asks ahead for what a text will most likely ask. */
  expect(references: readonly Reference[]): void {
    for (const reference of references) {
      this.targetOf(reference);
      if (reference.kind === 'user') this.nameOf(reference.accountId);
    }
  }

  /** What was asked since this was last called; undefined when all of it is known. */
  takeQuestions(): Questions | undefined {
    const references = this.#targets.take();
    const accountIds = this.#names.take();
    const parents = this.#children.take();
    const attachments = this.#attachments.take().length > 0;
    const sources = this.#sources.take();
    const conditions = this.#labelled.take();
    const asked = [references, accountIds, parents, sources, conditions];
    const isNothing = asked.every(({ length }) => length === 0) && !attachments;
    return isNothing ? undefined : { references, accountIds, parents, attachments, sources, conditions };
  }

  learn(
    { references, accountIds, parents, attachments, sources, conditions }: Questions,
    answers: Answers,
  ): void {
    this.#targets.learn(references, answers.targets);
    this.#names.learn(accountIds, answers.names);
    this.#children.learn(parents, answers.children);
    this.#sources.learn(sources, answers.sources);
    this.#labelled.learn(conditions, answers.labelled);
    if (attachments) this.#attachments.learn([true], [answers.attachments]);
  }
}
