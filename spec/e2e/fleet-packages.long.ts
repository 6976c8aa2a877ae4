import { execFile } from 'node:child_process';
import { cp, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT, withFolder } from '../support/e2e.js';

const execute = promisify(execFile);

/** Runs node without the environment of the tests. */
const run = (args: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
  execute(process.execPath, args, { env: { PATH: process.env.PATH } });

/** The command as it is installed without the optional packages. */
const withoutPackages = (use: (bin: string) => Promise<void>): Promise<void> =>
  withFolder(async (folder) => {
    const [bin, modules] = [path.join(folder, 'dist/bin'), path.join(folder, 'node_modules')];
    await mkdir(modules);
    await cp(path.join(ROOT, 'dist/bin'), bin, { recursive: true });
    await cp(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
    await symlink(path.join(ROOT, 'node_modules/classic-level'), path.join(modules, 'classic-level'));
    await use(path.join(bin, 'rxsync.js'));
  });

test.each([['worker'], ['status'], ['pull', 'acme'], ['stop', 'acme'], ['apply', 'fleet.yaml']])(
  'rxsync fleet %s says in a sentence what to install',
  async (...args) => {
    await withoutPackages(async (bin) => {
      const failure = run([bin, 'fleet', ...args]);
      await expect(failure).rejects.toMatchObject({
        code: 2,
        stdout: '',
        stderr:
          'rxsync: rxsync fleet needs the packages of Temporal, which are not installed beside it: npm install ' +
          '@temporalio/activity @temporalio/client @temporalio/worker @temporalio/workflow\n',
      });
    });
  },
);

test('nothing else needs them', async () => {
  await withoutPackages(async (bin) => {
    const { stdout } = await run([bin, 'fleet', '--help']);
    expect(stdout).toContain('rxsync fleet apply <file>');
    const { stderr } = await run([
      ...[bin, 'pull', path.join(bin, '../mirror'), '--space', 'LARGE'],
      '--sandbox=pages=3,attachments=0,comments=0,folders=0',
    ]);
    expect(stderr).toContain('Mirrored LARGE');
  });
});
