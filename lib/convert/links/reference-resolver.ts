import type { ConvertContext, Target } from '../context.js';
import type { Reference } from '../reference.js';
import { wikiAddress } from './wiki-address.js';

/** Asks the context where references lead, each once, and remembers all it was asked for. */
export class ReferenceResolver {
  readonly #context: ConvertContext;
  readonly #targets = new Map<string, Target | undefined>();
  readonly #references: Reference[] = [];

  constructor(context: ConvertContext) {
    this.#context = context;
  }

  /** Every reference asked for, in order of its first appearance. */
  get references(): readonly Reference[] {
    return this.#references;
  }

  /** The context's target, else the absolute address on the wiki when it can be known. */
  resolve(reference: Reference): Target | undefined {
    return this.known(reference) ?? wikiAddress(reference, this.#context);
  }

  /** The context's target only. */
  known(reference: Reference): Target | undefined {
    const key = JSON.stringify(reference);
    if (!this.#targets.has(key)) {
      this.#references.push(reference);
      this.#targets.set(key, this.#context.resolve?.(reference));
    }
    return this.#targets.get(key);
  }
}
