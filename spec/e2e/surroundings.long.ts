import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { BIN, rxsync, withFolder } from '../support/e2e.js';

const SANDBOX = '--sandbox=pages=3,attachments=0,comments=0,folders=0';

const makeFifo = (file: string): void => {
  execFileSync('mkfifo', [file]);
};

/** A mirror of three pages. */
const withMirror = (use: (mirror: string, folder: string) => Promise<void>): Promise<void> =>
  withFolder(async (folder) => {
    const mirror = path.join(folder, 'wiki');
    expect(await rxsync(['pull', mirror, '--space', 'LARGE', SANDBOX])).toMatchObject({ code: 0 });
    await use(mirror, folder);
  });

test('a folder of temporary files that is not there is named, not the mirror', () =>
  withMirror(async (mirror, folder) => {
    const TMPDIR = path.join(folder, 'none');
    expect(await rxsync(['verify', mirror], { env: { TMPDIR } })).toMatchObject({
      code: 1,
      stderr: `rxsync: Temporary files cannot be written to "${TMPDIR}": ENOENT.\n  Set TMPDIR to a folder that may be written to, with as much space as .rxsync takes.\n`,
    });
  }));

test('a log that is a FIFO which nobody reads is refused, not waited for', () =>
  withMirror(async (mirror, folder) => {
    const fifo = path.join(folder, 'log');
    makeFifo(fifo);
    const { code, stderr } = await rxsync(['pull', mirror, '--log-file', fifo, SANDBOX]);
    expect(code).toBe(2);
    expect(stderr).toContain(`The log file "${fifo}" cannot be written (ENXIO).\n  Nobody reads it`);
  }));

test.each(['status', 'verify', 'report'])(
  '%s: what stands in the place of a config file and is none is refused, not read',
  (command) =>
    withMirror(async (mirror) => {
      makeFifo(path.join(mirror, 'rxsync.config.yaml'));
      const { code, stderr } = await rxsync([command, mirror]);
      expect(code).toBe(2);
      expect(stderr).toContain(
        'is not a config file.\n  Move it away, or name the config file with --config.',
      );
    }),
);

test('a working directory that has gone is said to have', () =>
  withFolder(async (folder) => {
    const gone = path.join(folder, 'gone');
    await mkdir(gone);
    expect(() =>
      execFileSync(
        'sh',
        ['-c', `cd "$1" && rmdir "$1" && exec "$2" "$3" status /`, 'sh', gone, process.execPath, BIN],
        {
          encoding: 'utf8',
          env: { PATH: process.env.PATH },
          stdio: 'pipe',
        },
      ),
    ).toThrow(
      'rxsync: The working directory is not there any more.\n  Change to one that is, and try again.',
    );
  }));

test.each([1, 4])('a file system that refuses to be written is no damage: files of %i KB at most', (most) =>
  withMirror(async (mirror) => {
    const args = [process.execPath, BIN, 'pull', mirror, SANDBOX];
    for (let pull = 0; pull < 3; pull += 1)
      expect(() =>
        execFileSync('bash', ['-c', `ulimit -f ${most}; exec "$@"`, 'bash', ...args], {
          env: { PATH: process.env.PATH },
          stdio: 'pipe',
        }),
      ).toThrow('EFBIG');
    const { code, stderr } = await rxsync(['pull', mirror, SANDBOX]);
    expect(code).toBe(0);
    expect(stderr).not.toContain('damaged');
    expect(await rxsync(['verify', mirror])).toMatchObject({ code: 0 });
  }),
);
