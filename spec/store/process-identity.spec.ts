import { expect, jest, test } from '@jest/globals';
import { livenessOf, processIdentity } from '../../lib/store/process-identity.js';

/** No process can have this number. */
const NO_PID = 2 ** 30;
const own = () => processIdentity(process.pid) ?? { world: '', birth: '', isStopped: true };

test('a process has its identity for good; another one has another', () => {
  const { world, birth, isStopped } = own();
  expect(world).toMatch(/^[\da-f-]{36} pid:\[\d+\]$/);
  expect(birth).toMatch(/^\d+$/);
  expect(isStopped).toBe(false);
  expect(own()).toEqual({ world, birth, isStopped });
  expect(processIdentity(process.ppid)).toMatchObject({ world });
  expect(processIdentity(NO_PID)).toBeUndefined();
});

test.each<[string, Parameters<typeof livenessOf>, ReturnType<typeof livenessOf>]>([
  ['this process', [process.pid, own(), true], 'alive'],
  ['a process of which the number alone is known', [process.pid, undefined, true], 'unsure'],
  ['a number that another process has now', [process.pid, { ...own(), birth: '1' }, true], 'dead'],
  ['a number that nobody has', [NO_PID, own(), true], 'dead'],
  ['a number that nobody has and of which no more is known', [NO_PID, undefined, true], 'dead'],
  ['a process of another boot', [NO_PID, { ...own(), world: 'other' }, true], 'elsewhere'],
  ['a process of another machine', [process.pid, own(), false], 'elsewhere'],
])('%s', (_, [pid, identity, isHere], liveness) => {
  expect(livenessOf(pid, identity, isHere)).toBe(liveness);
});

test.each([
  ['that we may not signal lives', 'EPERM', 'alive'],
  ['that is not there is dead', 'ESRCH', 'dead'],
])('a process %s', (_, code, liveness) => {
  const kill = jest.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error(code), { code, syscall: 'kill' });
  });
  try {
    expect(livenessOf(process.pid, own(), true)).toBe(liveness);
    expect(kill).toHaveBeenCalledWith(process.pid, 0);
  } finally {
    kill.mockRestore();
  }
});
