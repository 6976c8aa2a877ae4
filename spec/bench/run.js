// Runs the benchmarks of this folder against the build, one after the other; with names, only those: `convert rate`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { buildSync } from 'esbuild';

const folder = import.meta.dirname;
const root = path.resolve(folder, '../..');
const wanted = process.argv.slice(2);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.bench.ts'))) {
  const name = file.replace('.bench.ts', '');
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const outfile = path.join(root, 'dist/bench', `${name}.mjs`);
  buildSync({
    entryPoints: [path.join(folder, file)],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
  });
  const { status } = spawnSync(process.execPath, [outfile], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
