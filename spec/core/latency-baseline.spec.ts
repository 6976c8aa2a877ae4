import { expect, test } from '@jest/globals';
import { acceptLatency, learnLatency, usualLatencyMs } from '../../lib/core/latency-baseline.js';

const learn = (latencies: readonly number[]) =>
  latencies.reduce((known, latencyMs) => learnLatency(known, 'pages', latencyMs), {});

test('each lane is measured by its own low end, which rises slowly', () => {
  const pages = learn(Array.from({ length: 50 }, () => 100));
  expect(usualLatencyMs(pages, 'pages')).toBeCloseTo(250);
  expect(usualLatencyMs(learnLatency(pages, 'media', 4000), 'media')).toBe(8050);
  const busy = [1000, 1000, 1000].reduce((known, ms) => learnLatency(known, 'pages', ms), pages);
  expect(usualLatencyMs(busy, 'pages')).toBeLessThan(260);
});

test('a faster answer lowers it soon', () => {
  const faster = learn([...Array.from({ length: 20 }, () => 1000), ...Array.from({ length: 20 }, () => 100)]);
  expect(usualLatencyMs(faster, 'pages')).toBeLessThan(320);
});

test('accepted slowness scales it', () => {
  expect(usualLatencyMs(acceptLatency(learn([100]), 3), 'pages')).toBeCloseTo(650);
});
