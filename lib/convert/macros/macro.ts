import type { Block, DocumentNode } from '../document/nodes.js';
import type { Reference, Target } from '../reference.js';

/** A macro as a handler sees it. */
export interface Macro {
  readonly name: string;
  /** Parameters by name; the default parameter's name is empty. A page or user as a value is its title or id. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The plain-text body, empty when there is none. */
  readonly text: string;
  /** The rich-text body, converted when it is read; empty when there is none. */
  readonly body: readonly Block[];
}

/** What a macro handler may ask for. */
export interface MacroTools {
  /** Leads a reference to its target; `undefined`: nowhere. */
  readonly resolve: (reference: Reference) => Target | undefined;
}

/** Says what stands for a macro; `undefined` leaves it to the built-in handlers. */
export type MacroHandler = (macro: Macro, tools: MacroTools) => readonly DocumentNode[] | undefined;
