import type { Scope } from '../scope.js';
import type { MacroElement } from './macro-element.js';

/** Writes a macro into the scope's flow. The bodies that it does not take follow by themselves. */
export type BuiltInMacro = (macro: MacroElement, scope: Scope) => void;
