import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Fifo } from '../../lib/operators/fifo.js';

type Command = 'shift' | 'clear' | { readonly push: number | undefined };

const run = (fifo: Fifo<number | undefined>, model: (number | undefined)[], command: Command) => {
  if (command === 'shift') return { actual: fifo.shift()?.value, expected: model.shift() };
  if (command === 'clear') {
    fifo.clear();
    model.splice(0);
  } else {
    fifo.push(command.push);
    model.push(command.push);
  }
  return { actual: fifo.size, expected: model.length };
};

test('gives the values back in order, as an array would, undefined ones too', () => {
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.record({ push: fc.option(fc.nat(), { nil: undefined }) }),
    fc.constantFrom('shift' as const, 'clear' as const),
  );
  fc.assert(
    fc.property(fc.array(command), (commands) => {
      const fifo = new Fifo<number | undefined>();
      const model: (number | undefined)[] = [];
      for (const next of commands) {
        const outcomes = run(fifo, model, next);
        expect(outcomes.actual).toEqual(outcomes.expected);
        expect(fifo.size).toBe(model.length);
      }
    }),
  );
});

test('of a long queue all values come, in order, while others are added', () => {
  const fifo = new Fifo<number>();
  const [came, most]: [number[], number] = [[], 10_000];
  for (let i = 0; i < most; i += 1) fifo.push(i);
  for (let i = most; fifo.size > 0; i += 1) {
    if (i % 3 === 0 && i < 2 * most) fifo.push(most + came.length);
    came.push(fifo.shift()?.value ?? -1);
  }
  expect(came.slice(0, most)).toEqual(Array.from({ length: most }, (_, i) => i));
  expect(came.slice(most)).toEqual([...came.slice(most)].sort((a, b) => a - b));
  expect([came.length > most, fifo.shift()]).toEqual([true, undefined]);
});
