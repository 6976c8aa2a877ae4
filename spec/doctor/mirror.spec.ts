import { expect, test } from '@jest/globals';
import { mirrorFinding, type MirrorHealth } from '../../lib/doctor/mirror.js';

const mirror = (changes: Partial<MirrorHealth>): MirrorHealth => ({
  state: { kind: 'none' },
  items: 0,
  unsound: 0,
  damage: undefined,
  owner: undefined,
  ...changes,
});

test('what holds nothing yet need not tell what it is', () => {
  expect(mirrorFinding(undefined, false)).toMatchObject({ health: 'ok' });
  expect(mirrorFinding(mirror({}), false)).toMatchObject({ health: 'ok' });
});

test.each<[string, Partial<MirrorHealth>, string]>([
  ['missing', { items: 3 }, '.rxsync/state.json is missing'],
  ['damaged', { state: { kind: 'damaged', reason: 'cut' } }, '.rxsync/state.json cannot be read (cut)'],
])('where the state is %s a pull works once it is told the space', (_, changes, why) => {
  const message = expect.stringContaining(why);
  expect(mirrorFinding(mirror(changes), false)).toMatchObject({ health: 'failed', exitCode: 2, message });
  expect(mirrorFinding(mirror(changes), true)).toMatchObject({ health: 'warning', message });
});

test('files that are not as they were written are no obstacle', () => {
  expect(mirrorFinding(mirror({ unsound: 1 }), true)).toMatchObject({
    health: 'warning',
    message: expect.stringContaining('Files of 1 item are missing or changed'),
  });
});
