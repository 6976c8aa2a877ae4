import { afterEach, expect, test } from '@jest/globals';
import { type StopSignals, stopSignals } from '../../lib/cli/stop-signals.js';

let signals: StopSignals | undefined;

afterEach(() => signals?.dispose());

const listen = () => {
  signals = stopSignals();
  const told: string[] = [];
  signals.stop$.subscribe((reason) => told.push(`stop ${reason}`));
  signals.abort$.subscribe((reason) => told.push(`abort ${reason}`));
  return told;
};

test('the first signal stops softly, the second at once', () => {
  const told = listen();
  process.emit('SIGTERM', 'SIGTERM');
  process.emit('SIGINT', 'SIGINT');
  expect(told).toEqual(['stop SIGTERM', 'abort SIGINT']);
});

test('a terminal that has gone stops softly, too', () => {
  const told = listen();
  process.emit('SIGHUP', 'SIGHUP');
  expect(told).toEqual(['stop SIGHUP']);
});

test('stdout that takes no more stops softly, with a reason of its own when the reader went away', () => {
  const told = listen();
  process.stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  process.stdout.emit('error', Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' }));
  expect(told).toEqual(['stop EPIPE', 'stop output']);
});

test('disposed of, it leaves signals to their default', () => {
  const before = process.listenerCount('SIGINT');
  listen();
  expect(process.listenerCount('SIGINT')).toBe(before + 1);
  signals?.dispose();
  expect(process.listenerCount('SIGINT')).toBe(before);
});
