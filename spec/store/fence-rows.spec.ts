import { expect, test } from '@jest/globals';
import { fenceRows } from '../../lib/store/fence-rows.js';
import { memoryRows } from '../../lib/store/memory-rows.js';

/** Rows behind a fence, with how often they were opened. */
const fenced = () => {
  const state = { isOurs: true, opened: 0 };
  const open = fenceRows(
    () => {
      state.opened += 1;
      return Promise.resolve(memoryRows());
    },
    () => {
      if (!state.isOurs) throw new Error('lost');
    },
  );
  return { state, open };
};

test('rows are not opened once the mirror is lost', async () => {
  const { state, open } = fenced();
  state.isOurs = false;
  await expect(open('there', 'id')).rejects.toThrow('lost');
  expect(state.opened).toBe(0);
});

test('nothing is written once the mirror is lost; what is there is still read', async () => {
  const { state, open } = fenced();
  const rows = await open('there', 'id');
  await rows.write([['a', '1']]);
  state.isOurs = false;
  await expect(rows.write([['a', '2']])).rejects.toThrow('lost');
  expect(rows.get('a')).toBe('1');
});
