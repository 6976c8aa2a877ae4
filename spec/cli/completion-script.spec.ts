import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { type Commands, completionScript, SHELLS } from '../../lib/cli/completion-script.js';

const COMMANDS: Commands = {
  pull: {
    summary: "mirror a team's spaces",
    flags: {
      space: {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: "the space's key [default: `$HOME`]",
      },
      format: { choices: ['markdown', 'storage'], requiresArg: true, describe: 'form' },
      'dry-run': { type: 'boolean', alias: 'n', describe: 'plan only' },
      'token-file': { type: 'string', requiresArg: true, describe: 'file' },
    },
  },
  status: { summary: 'what is there', flags: { json: { type: 'boolean' } } },
  fleet: { summary: 'many', flags: {}, words: ['apply', 'stop'] },
};

/** What bash offers for the last of these words. */
const offered = (...words: readonly string[]): string[] => {
  const script = `${completionScript('bash', COMMANDS)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rxsync; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const stdout = execFileSync('bash', ['-c', script, 'bash', 'rxsync', ...words], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line !== '');
};

test('bash offers commands, flags of the command, and values of the flag', () => {
  expect(offered('')).toEqual(['pull', 'status', 'fleet', 'help']);
  expect(offered('st')).toEqual(['status']);
  expect(offered('help', 'p')).toEqual(['pull']);
  expect(offered('completion', '')).toEqual([...SHELLS]);
  expect(offered('pull', '--')).toEqual(
    expect.arrayContaining(['--space', '--format', '--dry-run', '--token-file', '--help']),
  );
  expect(offered('fleet', '')).toEqual(['apply', 'stop']);
  expect(offered('fleet', 'a')).toEqual(['apply']);
  expect(offered('pull', '--d')).toEqual(['--dry-run']);
  expect(offered('status', '--d')).toEqual([]);
  expect(offered('pull', '--format', '')).toEqual(['markdown', 'storage']);
  expect(offered('pull', '--space', 'X', '--format', 's')).toEqual(['storage']);
});

test('zsh and fish are told commands, flags and values, each description on one line without quotes', () => {
  const zsh = completionScript('zsh', COMMANDS);
  expect(zsh).toMatch(/^#compdef rxsync\n/);
  expect(zsh).toContain("'pull:mirror a teams spaces'");
  expect(zsh).toContain("'*--format[form]:value:(markdown storage)'");
  expect(zsh).toContain("'*-n[plan only]'");
  expect(zsh).toContain("'*--token-file[file]:value:_files'");
  expect(zsh).toContain("'1:word:(apply stop)'");
  const fish = completionScript('fish', COMMANDS);
  expect(fish).toContain("-n '__fish_seen_subcommand_from fleet' -a 'apply stop'");
  expect(fish).toContain(
    "-n '__fish_seen_subcommand_from pull' -l format -x -a 'markdown storage' -d 'form'",
  );
  expect(fish).toContain("-l dry-run -s n -d 'plan only'");
  expect(fish).toContain("-l space -r -d 'the spaces key default HOME'");
});

test.each(SHELLS)('%s reads its script, where it is at hand', async (shell) => {
  const check = promisify(execFile)(shell, ['-n', '-c', completionScript(shell, COMMANDS)]);
  const complaint = await check.then(
    ({ stderr }) => stderr,
    (error: unknown) =>
      typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT' ? '' : error,
  );
  expect(complaint).toBe('');
});
