import { expect, test } from '@jest/globals';
import { Subject, defer, finalize, lastValueFrom, map, merge, of, take, throwError } from 'rxjs';
import { HttpError } from '../../../lib/errors/http-error.js';
import { MalformedResponseError } from '../../../lib/errors/malformed-response-error.js';
import { MissingScopeError } from '../../../lib/errors/missing-scope-error.js';
import { RateLimitWaitError } from '../../../lib/errors/rate-limit-wait-error.js';
import type { NamingOptions } from '../../../lib/pull/run/naming.js';
import { createPeople, type People } from '../../../lib/pull/run/people.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';

const LAST = [
  ['old', 'Grace'],
  ['older', 'Edsger'],
] as const;

/** Knows from the last pull that `old` was Grace and `older` Edsger; tells why names could not be had. */
const peopleFrom = (users$: NamingOptions['users$']) => {
  const failures: unknown[] = [];
  const hidden: true[] = [];
  const people = createPeople({
    users$,
    remembered: () => new Map(LAST),
    onFailure: (error) => failures.push(error),
    onHidden: () => hidden.push(true),
  });
  return { people, failures, hidden };
};

/** Accounts are named after themselves; answers come when told. */
const setUp = () => {
  const asked: (readonly string[])[] = [];
  const answer = new Subject<void>();
  const { people } = peopleFrom((ids) => {
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
  const done = lastValueFrom(merge(people.learn$(['a', 'b']), people.learn$(['b', 'c'])), {
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

test.each([new HttpError(403, 'no'), new HttpError(404, 'no')])(
  'an account without the right to see users sees none, which is told once and is no gap: %s',
  async (error) => {
    let asked = 0;
    const { people, failures, hidden } = peopleFrom(() =>
      defer(() => {
        asked += 1;
        return throwError(() => error);
      }),
    );
    await learned(people, ['a']);
    await learned(people, ['b']);
    expect([people.nameOf('a'), people.nameOf('b')]).toEqual([undefined, undefined]);
    expect([asked, failures, hidden]).toEqual([1, [], [true]]);
  },
);

test.each([
  new HttpError(401, 'no'),
  new HttpError(404, 'no', { isBare: true }),
  new HttpError(500, 'no'),
  new MalformedResponseError('results is null'),
  new MissingScopeError('POST /api/v2/users-bulk', 'read:user'),
  new RateLimitWaitError('too long'),
])('names that cannot be had cost names only, once, and are those of the last pull: %s', async (error) => {
  let asked = 0;
  const { people, failures } = peopleFrom(() =>
    defer(() => {
      asked += 1;
      return throwError(() => error);
    }),
  );
  await learned(people, ['a', 'old']);
  await learned(people, ['b']);
  expect(asked).toBe(1);
  expect(failures).toEqual([error]);
  expect([people.nameOf('a'), people.nameOf('old')]).toEqual([undefined, 'Grace']);
  expect([...people.names()]).toEqual(LAST);
});

test('while names can be had nobody is named after the last pull', async () => {
  const { people } = peopleFrom((ids) =>
    of(new Map(ids.flatMap((id) => (id === 'a' ? [[id, 'Ada'] as const] : [])))),
  );
  await learned(people, ['a', 'old']);
  expect(people.nameOf('old')).toBeUndefined();
  expect([...people.names()]).toEqual([['a', 'Ada']]);
});

test('an answer that names none of several who had names hides them: the names of the last pull go on', async () => {
  const { people, hidden, failures } = peopleFrom(() => of(new Map()));
  await learned(people, ['old', 'older', 'a']);
  await learned(people, ['b']);
  expect([people.nameOf('old'), people.nameOf('older'), people.nameOf('a')]).toEqual([
    'Grace',
    'Edsger',
    undefined,
  ]);
  expect([hidden, failures]).toEqual([[true], []]);
});

test('refused credentials are no matter of names', async () => {
  const error = new CredentialsError('no');
  const { people, failures } = peopleFrom(() => throwError(() => error));
  await expect(learned(people, ['a'])).rejects.toBe(error);
  expect(failures).toEqual([]);
});

test('an id that is none costs no one else the name', async () => {
  const asked: number[] = [];
  const { people } = peopleFrom((ids) =>
    defer(() => {
      asked.push(ids.length);
      if (ids.includes('not an id')) throw new HttpError(400, 'no');
      return of(new Map(ids.map((id) => [id, `Name of ${id}`])));
    }),
  );
  await learned(people, [...Array.from({ length: 7 }, (_, i) => String(i)), 'not an id']);
  // One by itself tells that it is about an id, not about names.
  expect(asked).toEqual([8, 1, 4, 4, 2, 2, 1, 1]);
  expect(people.nameOf('6')).toBe('Name of 6');
  expect(people.nameOf('not an id')).toBeUndefined();
});

const refusingAll = () => {
  const asked: (readonly string[])[] = [];
  const error = new HttpError(400, 'no');
  const from = peopleFrom((ids) =>
    defer(() => {
      asked.push(ids);
      return throwError(() => error);
    }),
  );
  return { ...from, asked, error };
};

test('where every id is refused it is not for the ids: some tries tell, and the names of the last pull go on', async () => {
  const { people, failures, hidden, asked, error } = refusingAll();
  await learned(people, ['old', 'older', ...Array.from({ length: 98 }, (_, i) => String(i))]);
  await learned(people, ['more']);
  expect(asked.map((ids) => ids.length)).toEqual([100, 1, 1, 1]);
  expect([failures, hidden]).toEqual([[error], []]);
  expect([people.nameOf('old'), people.nameOf('0')]).toEqual(['Grace', undefined]);
  expect([...people.names()]).toEqual(LAST);
});

test('the only id there is, refused, is asked for once', async () => {
  const { people, failures, asked, error } = refusingAll();
  await learned(people, ['old']);
  expect([asked, failures]).toEqual([[['old']], [error]]);
  expect(people.nameOf('old')).toBe('Grace');
});

test('an id that is refused while others are taken keeps the name of the last pull', async () => {
  const { people, failures } = peopleFrom((ids) =>
    defer(() => {
      if (ids.includes('old')) throw new HttpError(400, 'no');
      return of(new Map(ids.map((id) => [id, `Name of ${id}`])));
    }),
  );
  await learned(people, ['a', 'old', 'b']);
  await learned(people, ['old', 'c']);
  expect(['a', 'b', 'c', 'old'].map(people.nameOf)).toEqual(['Name of a', 'Name of b', 'Name of c', 'Grace']);
  expect(people.names().get('old')).toBe('Grace');
  expect(people.names().has('older')).toBe(false);
  expect(failures).toEqual([]);
});

test('when nobody waits for names any more their request is aborted; who asks later asks anew', async () => {
  const open = new Set<readonly string[]>();
  const answer = new Subject<void>();
  const { people } = peopleFrom((ids) =>
    defer(() => {
      open.add(ids);
      return answer.pipe(
        take(1),
        map(() => new Map([['a', 'Ada']])),
        finalize(() => open.delete(ids)),
      );
    }),
  );
  const [one, other] = [people.learn$(['a', 'b']).subscribe(), people.learn$(['a']).subscribe()];
  one.unsubscribe();
  expect(open.size).toBe(1);
  other.unsubscribe();
  expect(open.size).toBe(0);
  const done = learned(people, ['a']);
  expect(open.size).toBe(1);
  answer.next();
  await done;
  expect(people.nameOf('a')).toBe('Ada');
});
