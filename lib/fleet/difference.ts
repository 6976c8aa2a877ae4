import type { Definition } from './definition.js';

/** A tenant as the engine has it. */
export interface Known {
  /** Undefined where it is of another version of rxsync, and cannot be read. */
  readonly definition: Definition | undefined;
  /** Whether its workflow is there. */
  readonly isAtWork: boolean;
  /** Why it is paused, if it is. */
  readonly paused?: string;
}

/** What brings the engine to the state of the file, one for each tenant that differs. */
export type Change =
  | { readonly type: 'create'; readonly definition: Definition }
  | { readonly type: 'update'; readonly definition: Definition; readonly what: readonly string[] }
  | { readonly type: 'resume'; readonly definition: Definition; readonly why: string }
  | { readonly type: 'remove'; readonly tenant: string };

const asText = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));

/** Long lists of spaces are told by what joins and leaves. */
const listChange = (name: string, before: readonly string[], after: readonly string[]): string => {
  const joins = after.filter((each) => !before.includes(each));
  const leaves = before.filter((each) => !after.includes(each));
  const parts = [...joins.map((each) => `+${each}`), ...leaves.map((each) => `-${each}`)];
  return `${name}: ${parts.join(' ') || 'another order'}`;
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

const settingsOf = (definition: Definition): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>(
    Object.entries(definition).flatMap(([name, value]) =>
      name === 'options'
        ? Object.entries(definition.options).map(([option, set]): [string, unknown] => [
            `options.${option}`,
            set,
          ])
        : [[name, value]],
    ),
  );

/** The settings that differ, each in words. */
const changesOf = (before: Definition, after: Definition): readonly string[] => {
  const [old, wanted] = [settingsOf(before), settingsOf(after)];
  const names = [...new Set([...old.keys(), ...wanted.keys()])].sort();
  return names.flatMap((name) => {
    const [a, b] = [old.get(name), wanted.get(name)];
    if (asText(a) === asText(b)) return [];
    return [isTexts(a) && isTexts(b) ? listChange(name, a, b) : `${name}: ${asText(a)} -> ${asText(b)}`];
  });
};

const changeOf = (definition: Definition, known: Known | undefined): Change | undefined => {
  if (known === undefined) return { type: 'create', definition };
  if (known.definition === undefined)
    return { type: 'update', definition, what: ['it is of another version of rxsync'] };
  const what = changesOf(known.definition, definition);
  if (what.length > 0) return { type: 'update', definition, what };
  if (!known.isAtWork) return { type: 'resume', definition, why: 'its workflow has ended' };
  return known.paused === undefined ? undefined : { type: 'resume', definition, why: known.paused };
};

/** What the file says and the engine has not, in the order of the tenants' names. */
export const difference = (
  file: readonly Definition[],
  engine: ReadonlyMap<string, Known>,
): readonly Change[] => {
  const named = new Set(file.map(({ tenant }) => tenant));
  const removed = [...engine.keys()].filter((tenant) => !named.has(tenant)).sort();
  return [
    ...file.flatMap((definition) => changeOf(definition, engine.get(definition.tenant)) ?? []),
    ...removed.map((tenant): Change => ({ type: 'remove', tenant })),
  ];
};

/** A change in a line: what begins with `+`, `~`, `>` or `-` is created, updated, resumed or removed. */
export const changeLine = (change: Change): string => {
  if (change.type === 'remove') return `- ${change.tenant}`;
  const { tenant, spaces, every, cron } = change.definition;
  if (change.type === 'update') return `~ ${tenant}: ${change.what.join('; ')}`;
  if (change.type === 'resume') return `> ${tenant}: ${change.why}`;
  const which = spaces === '*' ? 'all spaces' : `${spaces.length} space${spaces.length === 1 ? '' : 's'}`;
  return `+ ${tenant}: ${which}, ${cron === undefined ? `every ${every ?? ''}` : `at "${cron}"`}`;
};
