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
    const key = JSON.stringify(reference);
    if (!this.#targets.has(key)) this.#targets.set(key, this.#context.resolve?.(reference));
    return this.#targets.get(key);
  }
}
