import { expect, test } from '@jest/globals';
import { Subject, defer, forkJoin, lastValueFrom, map, of, take, throwError } from 'rxjs';
import { HttpError } from '../../lib/errors/http-error.js';
import { createPeople, type People } from '../../lib/pull/people.js';

/** Accounts are named after themselves; answers come when told. */
const setUp = () => {
  const asked: (readonly string[])[] = [];
  const answer = new Subject<void>();
  const people = createPeople((ids) => {
    asked.push(ids);
    return answer.pipe(
      take(1),
      map(() => new Map(ids.filter((id) => id !== 'hidden').map((id) => [id, `Name of ${id}`]))),
    );
  });
  return { asked, answer, people };
};

const learned = (people: People, ids: readonly string[]): Promise<undefined> =>
  lastValueFrom(people.learn$(ids), { defaultValue: undefined });

test('knows names once they are learned, and that hidden ones have none', async () => {
  const { people, answer } = setUp();
  const done = learned(people, ['a', 'hidden']);
  expect(people.nameOf('a')).toBeUndefined();
  answer.next();
  await done;
  expect([people.nameOf('a'), people.nameOf('hidden'), people.nameOf('b')]).toEqual([
    'Name of a',
    undefined,
    undefined,
  ]);
});

test('asks for each account once, hidden ones too', async () => {
  const { people, answer, asked } = setUp();
  const first = learned(people, ['a', 'a', 'hidden']);
  answer.next();
  await first;
  await learned(people, ['hidden', 'a']);
  expect(asked).toEqual([['a', 'hidden']]);
});

test('learners at the same time wait for the same answer', async () => {
  const { people, answer, asked } = setUp();
  const events: string[] = [];
  const done = lastValueFrom(forkJoin([people.learn$(['a', 'b']), people.learn$(['b', 'c'])]), {
    defaultValue: undefined,
  }).then(() => events.push('both'));
  const alone = learned(people, ['b']).then(() => events.push('alone'));
  await Promise.resolve();
  expect(events).toEqual([]);
  answer.next();
  await Promise.all([done, alone]);
  expect(asked).toEqual([['a', 'b'], ['c']]);
  expect(people.nameOf('c')).toBe('Name of c');
});

test('asks for 250 accounts a request', async () => {
  const { people, answer, asked } = setUp();
  const done = learned(
    people,
    Array.from({ length: 251 }, (_, i) => String(i)),
  );
  answer.next();
  await done;
  expect(asked.map((ids) => ids.length)).toEqual([250, 1]);
});

test('nobody to learn is learned at once', async () => {
  const { people, asked } = setUp();
  await learned(people, []);
  expect(asked).toEqual([]);
});

test('an account without the right to see users sees none', async () => {
  const people = createPeople(() => throwError(() => new HttpError(403, 'no')));
  await learned(people, ['a']);
  expect(people.nameOf('a')).toBeUndefined();
});

test('a failure is told, and asked again by the next learner', async () => {
  const answers = [throwError(() => new HttpError(500, 'no')), of(new Map([['a', 'Ada']]))];
  const people = createPeople(() => defer(() => answers.shift() ?? of(new Map())));
  await expect(learned(people, ['a'])).rejects.toMatchObject({ status: 500 });
  await learned(people, ['a']);
  expect(people.nameOf('a')).toBe('Ada');
});

test('an id that is none costs no one else the name', async () => {
  const asked: number[] = [];
  const people = createPeople((ids) =>
    defer(() => {
      asked.push(ids.length);
      if (ids.includes('not an id')) throw new HttpError(400, 'no');
      return of(new Map(ids.map((id) => [id, `Name of ${id}`])));
    }),
  );
  await learned(people, [...Array.from({ length: 7 }, (_, i) => String(i)), 'not an id']);
  expect(asked).toEqual([8, 4, 4, 2, 2, 1, 1]);
  expect(people.nameOf('6')).toBe('Name of 6');
  expect(people.nameOf('not an id')).toBeUndefined();
});
