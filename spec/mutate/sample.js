import { commonTokens, declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { seededSample } from './seeded-sample.js';

/** A stable order, whatever the order in which the mutants come. */
const byPlace = (a, b) =>
  a.fileName.localeCompare(b.fileName) ||
  a.location.start.line - b.location.start.line ||
  a.location.start.column - b.location.start.column ||
  a.location.end.line - b.location.end.line ||
  a.location.end.column - b.location.end.column ||
  a.replacement.localeCompare(b.replacement);

/**
 * Lets a seeded sample of the mutants pass. Stryker has no sampling of its own; a mutant that a checker refuses is
 * neither run nor part of the score.
 */
class SampleChecker {
  static inject = [commonTokens.options];
  #sample;
  #chosen = new Set();

  constructor({ sample }) {
    this.#sample = sample;
  }

  init() {
    return Promise.resolve();
  }

  /** All mutants come in one call, before the first check. */
  async group(mutants) {
    const chosen = seededSample([...mutants].sort(byPlace), this.#sample);
    this.#chosen = new Set(chosen.map(({ id }) => id));
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants) {
    return Object.fromEntries(
      mutants.map(({ id }) => [
        id,
        this.#chosen.has(id)
          ? { status: 'passed' }
          : { status: 'compileError', reason: 'Not in the sample.' },
      ]),
    );
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', SampleChecker)];

/** Makes `sample` an option that Stryker knows. */
export const strykerValidationSchema = {
  properties: {
    sample: {
      type: 'object',
      properties: { seed: { type: 'integer' }, count: { type: 'integer', minimum: 1 } },
      required: ['seed', 'count'],
    },
  },
};
