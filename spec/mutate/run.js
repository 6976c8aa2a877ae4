/**
 * `npm run mutate -- lib/core [--seed N] [--count N]`: puts small faults into the code of a folder or file, one at a
 * time, runs the specs of that folder, and tells which faults none of them noticed.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';

const USAGE = 'npm run mutate -- lib/FOLDER [--seed N] [--count N]';

const wholeNumber = (name, text) => {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number from 1, not "${text}". ${USAGE}`);
};

const readArguments = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '200' } },
  });
  const [target = ''] = positionals;
  const room = /^(?:\.\/)?lib\/([\w-]+)/.exec(target)?.[1];
  if (positionals.length !== 1 || room === undefined || !fs.existsSync(target))
    throw new Error(`Name one folder or file below lib/. ${USAGE}`);
  return {
    target: path.posix.normalize(target).replace(/\/$/, ''),
    room,
    sample: { seed: wholeNumber('seed', values.seed), count: wholeNumber('count', values.count) },
  };
};

const run = async ({ target, room, sample }) => {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'rxsync-mutate-'));
  try {
    await new Stryker({
      configFile: 'spec/mutate/stryker.config.js',
      mutate: [target.endsWith('.ts') ? target : `${target}/**/*.ts`],
      sample,
      jest: {
        configFile: 'jest.config.ts',
        enableFindRelatedTests: true,
        config: {
          // Where the code is among the roots, the specs that use a file through others are related to it, too.
          roots: ['<rootDir>/spec', '<rootDir>/lib'],
          testMatch: [`**/spec/${room}/**/*.spec.ts`],
          setupFiles: ['<rootDir>/spec/mutate/fixed-properties.js'],
        },
      },
      tempDirName: work,
      jsonReporter: { fileName: `reports/mutation-${target.replaceAll('/', '-')}.json` },
    }).runMutationTest();
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
};

await run(readArguments());
