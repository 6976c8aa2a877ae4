// Runs the benchmarks of this folder against the build, one after the other; with names, only those: `convert rate`. With `--write`
// their figures go into docs/benchmarks.md.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { buildSync } from 'esbuild';
import { writeFigures } from './figures.js';

const folder = import.meta.dirname;
const root = path.resolve(folder, '../..');
const args = process.argv.slice(2);
const wanted = args.filter((arg) => arg !== '--write');

/** Runs one, shows what it prints, and returns that. */
const run = async (outfile) => {
  const child = spawn(process.execPath, [outfile], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) process.exitCode = 1;
  return output;
};

const outputs = new Map();
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
  outputs.set(name, await run(outfile));
}
if (args.includes('--write')) writeFigures(path.join(root, 'docs/benchmarks.md'), outputs);
