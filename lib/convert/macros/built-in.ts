import type { Scope } from '../scope.js';
import type { MacroElement } from './macro-element.js';

/** Writes a macro into the scope's flow. */
export type BuiltInMacro = (macro: MacroElement, scope: Scope) => void;
