import type { Change, Known } from './difference.js';
import type { Engine, EngineTenant } from './engine.js';

/** What `difference` compares a file with. */
export const knownOf = (tenants: readonly EngineTenant[]): ReadonlyMap<string, Known> =>
  new Map(
    tenants.map(({ tenant, definition, isAtWork, account }) => [
      tenant,
      { definition, isAtWork, ...(account?.paused && { paused: account.paused.message }) },
    ]),
  );

/** Makes one change. Whoever is new, changed or resumed is pulled now. */
export const applyChange = async (engine: Engine, change: Change): Promise<void> => {
  if (change.type === 'remove') return engine.remove(change.tenant);
  const { definition } = change;
  if (change.type !== 'resume') await engine.define(definition);
  return engine.request({ definition, by: 'person' });
};
