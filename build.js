// Builds dist: bin, the command in a few files with all that it needs; lib, the library with its types (tsconfig.build.json) and
// the sandbox in one file.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = import.meta.dirname;
const require = createRequire(import.meta.url);

/** Packages in the bundle are written by others, whose licences go with it. */
const licenceOf = (folder) => {
  const { name, version, license } = require(path.join(root, folder, 'package.json'));
  const file = readdirSync(path.join(root, folder)).find((each) => /^licen[cs]e/i.test(each));
  const text = file === undefined ? '' : readFileSync(path.join(root, folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
};

/** Large parts of packages that no command uses, with what stands in for them: forms in axios, other languages in zod. */
const UNUSED = [
  [/form-data\/lib\/form_data\.js$/, 'module.exports = class FormData {};'],
  [/zod\/v4\/locales\/index\.js$/, 'export {};'],
];

const withoutUnused = {
  name: 'without-unused',
  setup: ({ onLoad }) => UNUSED.forEach(([filter, contents]) => onLoad({ filter }, () => ({ contents }))),
};

const bundleCommand = async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'bin/rxsync.ts', out: 'rxsync' },
      // Looked for beside the code that starts it.
      { in: 'lib/rendering/render-worker.ts', out: 'render-worker' },
    ],
    outdir: 'dist/bin',
    bundle: true,
    // The first comes with a binary for each system, those of Temporal only where somebody has a fleet.
    external: ['classic-level', '@temporalio/*'],
    // What a command loads by `import()` stays in files of its own.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // Names stay: stack traces are shown with --verbose.
    minifySyntax: true,
    minifyWhitespace: true,
    // Its modules of ECMAScript leave out what nobody uses.
    alias: { rxjs: path.join(path.dirname(require.resolve('rxjs/package.json')), 'dist/esm/index.js') },
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
    plugins: [withoutUnused],
    metafile: true,
  });
  writeFileSync(path.join(root, 'dist/metafile.json'), JSON.stringify(metafile));
  const folders = Object.keys(metafile.inputs).flatMap(
    (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [],
  );
  const licences = [...new Set(folders)].sort().map(licenceOf);
  writeFileSync(path.join(root, 'dist/bin/LICENSES.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`));
};

/** What the sandbox shares with the library stays one: its errors are those of the library. */
const sharedWithLibrary = {
  name: 'shared-with-library',
  setup: ({ onResolve }) => {
    const home = path.join(root, 'lib/sandbox');
    onResolve({ filter: /^\.\.\// }, ({ resolveDir, path: name }) => {
      const file = path.relative(home, path.resolve(resolveDir, name));
      return /^\.\.\/(?!\.\.\/)/.test(file) ? { path: file, external: true } : undefined;
    });
  },
};

/** The sandbox in one file, with its web server, which nothing else of the library needs. */
const bundleSandbox = async () => {
  const folder = path.join(root, 'dist/lib/sandbox');
  for (const name of readdirSync(folder, { recursive: true }).filter((each) => each.endsWith('.js')))
    rmSync(path.join(folder, name));
  await build({
    absWorkingDir: root,
    entryPoints: ['lib/sandbox/index.ts'],
    outfile: 'dist/lib/sandbox/index.js',
    bundle: true,
    external: Object.keys(require(path.join(root, 'package.json')).dependencies),
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    plugins: [sharedWithLibrary],
  });
};

/** The workflows of a fleet, which Temporal's packages bundle for themselves when a worker starts. */
const bundleWorkflows = () =>
  build({
    absWorkingDir: root,
    entryPoints: ['lib/fleet/tenant-workflow.ts'],
    outdir: 'dist/bin',
    bundle: true,
    external: ['@temporalio/*'],
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
  });

/** The manual page, from the flags that the help shows. */
const writeManPage = async () => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: `export { manPage } from './lib/cli/man-page.js'; export { COMMANDS } from './lib/cli/commands/commands.js';`,
      resolveDir: root,
    },
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const module = path.join(root, 'dist/man.mjs');
  writeFileSync(module, outputFiles[0].contents);
  const { manPage, COMMANDS } = await import(pathToFileURL(module).href);
  rmSync(module);
  mkdirSync(path.join(root, 'dist/man'));
  const { version } = require(path.join(root, 'package.json'));
  writeFileSync(path.join(root, 'dist/man/rxsync.1'), manPage(COMMANDS, version));
};

rmSync(path.join(root, 'dist'), { recursive: true, force: true });
await bundleCommand();
await bundleWorkflows();
await writeManPage();
execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
await bundleSandbox();
