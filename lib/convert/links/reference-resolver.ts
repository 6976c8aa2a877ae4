import type { ConvertContext } from '../context.js';
import type { Reference, Target } from '../reference.js';
import { wikiAddress } from './wiki-address.js';

/** Asks the context where references lead, each once. */
export class ReferenceResolver {
  readonly #context: ConvertContext;
  readonly #targets = new Map<string, Target | undefined>();

  constructor(context: ConvertContext) {
    this.#context = context;
  }

  /** The context's target, else the absolute address on the wiki when it can be known. */
  resolve(reference: Reference): Target | undefined {
    return this.known(reference) ?? wikiAddress(reference, this.#context);
  }

  /** The context's target only. */
  known(reference: Reference): Target | undefined {
    if (this.#context.resolve === undefined) return undefined;
    const key = JSON.stringify(reference);
    const known = this.#targets.get(key);
    if (known !== undefined || this.#targets.has(key)) return known;
    const target = this.#context.resolve(reference);
    this.#targets.set(key, target);
    return target;
  }
}
