import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { UsageError } from '../../lib/errors/usage-error.js';
import { openLogFile } from '../../lib/cli/log-file.js';
import { useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

const never = (error: Error): never => {
  throw error;
};

test('lines are added to what the file has, each at once', async () => {
  const file = path.join(await folder(), 'pull.log');
  for (const line of ['one\n', 'two\n']) {
    const log = openLogFile(file, never);
    log.write(line);
    expect(await fs.readFile(file, 'utf8')).toMatch(new RegExp(`${line}$`));
    log.close();
  }
  expect(await fs.readFile(file, 'utf8')).toBe('one\ntwo\n');
});

test('without a file nothing is logged', () => {
  expect(() => {
    const log = openLogFile(undefined, never);
    log.write('one\n');
    log.close();
  }).not.toThrow();
});

test("none of rxsync's own files is logged into", async () => {
  const file = path.join(await folder(), '.rxsync', 'state.json');
  expect(() => openLogFile(file, never)).toThrow(/would be one of rxsync's own files/);
});

test('a file that cannot be opened is an error of usage that names it', async () => {
  const file = path.join(await folder(), 'nowhere/pull.log');
  expect(() => openLogFile(file, never)).toThrow(UsageError);
  expect(() => openLogFile(file, never)).toThrow(/nowhere\/pull\.log" cannot be written \(ENOENT\)/);
});

test.each([
  ['a folder', '', 'It is a folder: name a file in it'],
  ['in a folder that is not there', 'nowhere/pull.log', 'its folder must be there'],
])('one that is %s: the hint says what to do', async (_, name, hint) => {
  const file = path.join(await folder(), name);
  expect(() => openLogFile(file, never)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining(hint) }),
  );
});

test('what the file does not take is told once', () => {
  const told: string[] = [];
  const log = openLogFile('/dev/full', (error) => told.push(error.message));
  log.write('one\n');
  log.write('two\n');
  log.close();
  expect(told).toEqual([expect.stringContaining('ENOSPC')]);
});
