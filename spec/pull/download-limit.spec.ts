import { expect, test } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import { createDownloadLimit, type DownloadLimit } from '../../lib/pull/download-limit.js';

const answer = ({ sample }: DownloadLimit, status: number, times: number, fromMs = 0): void => {
  for (let i = 0; i < times; i += 1)
    sample({ lane: 'media', startedAtMs: fromMs + i * 10, atMs: fromMs + i * 10 + 20, status, headers: {} });
};

test('grows to four times its start while the host answers readily, not further', async () => {
  const downloads = createDownloadLimit(4);
  expect(await firstValueFrom(downloads.limit$)).toBe(4);
  answer(downloads, 200, 500);
  expect(await firstValueFrom(downloads.limit$)).toBe(16);
});

test('cuts back when the host refuses', async () => {
  const downloads = createDownloadLimit(4);
  answer(downloads, 200, 500);
  answer(downloads, 429, 1, 10_000);
  expect(await firstValueFrom(downloads.limit$)).toBe(8);
});
