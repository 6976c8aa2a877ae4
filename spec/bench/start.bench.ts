/** How long the built command takes to start, beside Node.js alone. Run by `npm run bench -- start`. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';

const RUNS = 15;

const elapsedMs = (args: readonly string[]): number => {
  const start = performance.now();
  spawnSync(process.execPath, args);
  return performance.now() - start;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const COMMANDS = {
  'node -e 0': ['-e', '0'],
  'rxsync --help': ['dist/bin/rxsync.js', '--help'],
  'rxsync status': ['dist/bin/rxsync.js', 'status', 'no-mirror'],
};

// In turn, so that a busy moment does not hit one of them alone.
const rounds = Array.from({ length: RUNS }, () => Object.values(COMMANDS).map(elapsedMs));
const medians = Object.keys(COMMANDS).map((_name, at) => median(rounds.map((round) => round[at] ?? 0)));
for (const [at, name] of Object.keys(COMMANDS).entries()) {
  const ms = medians[at] ?? 0;
  const times = ms / (medians[0] ?? 1);
  process.stdout.write(`${name.padEnd(28)} ${ms.toFixed(0)} ms, times Node.js alone ${times.toFixed(2)}\n`);
}
