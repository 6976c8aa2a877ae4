import { beforeAll, expect, test } from '@jest/globals';
import { ESLint } from 'eslint';

let eslint: ESLint;

beforeAll(() => {
  eslint = new ESLint({
    // Without types, which these rules do not need, a text is linted in no time.
    overrideConfig: { languageOptions: { parserOptions: { project: null } } },
    ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports' || ruleId === 'no-restricted-syntax',
  });
});

const complaints = async (filePath: string, code: string): Promise<readonly string[]> => {
  const [result] = await eslint.lintText(`${code}\n`, { filePath });
  return (result?.messages ?? []).map(({ message }) => message);
};

/** A file, what it may not import and why, and what it may. */
const BOUNDARIES = [
  ['bin/rxsync.ts', '../lib/pull/pull.js', /bin calls main/, '../lib/cli/main.js'],
  ['lib/operators/x.ts', '../core/slug.js', /operators are generic/, '../errors/check-argument.js'],
  ['lib/operators/x.ts', 'zod', /operators are generic/, 'rxjs'],
  ['lib/errors/x.ts', '../core/kinds.js', /errors stand alone/, './http-error.js'],
  ['lib/errors/x.ts', 'rxjs', /errors stand alone/, './http-error.js'],
  ['lib/convert/macros/x.ts', '../../core/slug.js', /convert is pure/, '../links/follow.js'],
  ['lib/convert/x.ts', 'node:fs', /convert is pure/, 'entities'],
  ['lib/core/x.ts', '../events/events.js', /core is pure/, '../convert/index.js'],
  ['lib/core/x.ts', '../errors/http-error.js', /core is pure/, './kinds.js'],
  ['lib/core/x.ts', 'axios', /core is pure/, 'zod'],
  ['lib/events/x.ts', '../pull/pull.js', /events are what others tell/, '../core/kinds.js'],
  ['lib/events/x.ts', 'node:fs', /events are what others tell/, 'rxjs'],
  ['lib/confluence/x.ts', '../store/lock.js', /confluence is the HTTP edge/, '../core/cql.js'],
  ['lib/confluence/wire/x.ts', '../../events/events.js', /confluence is the HTTP edge/, './common.js'],
  ['lib/confluence/x.ts', 'fs-extra', /confluence is the HTTP edge/, 'axios'],
  ['lib/store/x.ts', '../confluence/walk.js', /store is the file edge/, '../core/records.js'],
  ['lib/store/x.ts', 'axios', /store is the file edge/, 'node:path'],
  ['lib/store/x.ts', 'node:fs/promises', /through Folder of store/, './folder.js'],
  ['lib/cli/x.ts', 'node:fs', /through Folder of store/, 'node:path'],
  ['lib/store/x.ts', 'fs-extra', /through Folder of store/, './folder.js'],
  ['lib/pull/x.ts', '../cli/main.js', /pull sees its edges/, '../store/open-mirror.js'],
  ['lib/pull/x.ts', 'fs-extra', /pull sees its edges/, 'rxjs'],
  ['lib/pull/x.ts', '../confluence/wire/page.js', /shapes of the wire/, '../confluence/gate.js'],
  ['lib/pull/run/x.ts', '../../confluence/wire/page.js', /shapes of the wire/, '../../confluence/gate.js'],
  ['lib/pull/plan/x.ts', '../pull.js', /rooms of pull/, '../lanes/pages-lane.js'],
  ['lib/pull/lanes/x.ts', '../plan/do-plan.js', /rooms of pull/, '../render/render-page.js'],
  ['lib/pull/render/x.ts', '../lanes/pages-lane.js', /rooms of pull/, '../inventory/survey.js'],
  ['lib/pull/inventory/x.ts', '../render/render-page.js', /rooms of pull/, '../run/run.js'],
  ['lib/pull/run/x.ts', '../inventory/survey.js', /rooms of pull/, '../governor/governors.js'],
  ['lib/pull/governor/x.ts', '../run/run.js', /rooms of pull/, './holds.js'],
  ['lib/pull/governor/x.ts', '../../cli/main.js', /pull sees its edges/, '../../core/lane.js'],
  ['lib/rendering/x.ts', '../pull/run/run.js', /rendering makes the text/, '../convert/index.js'],
  ['lib/rendering/x.ts', 'rxjs', /rendering makes the text/, 'node:worker_threads'],
  ['lib/report/x.ts', '../pull/pull.js', /report reads a mirror/, '../store/run-files.js'],
  ['lib/report/html/x.ts', 'node:fs', /report reads a mirror/, 'd3-shape'],
  ['lib/doctor/x.ts', '../cli/main.js', /doctor sees its edges/, '../confluence/gate.js'],
  ['lib/doctor/x.ts', '../confluence/wire/page.js', /shapes of the wire/, '../pull/pull.js'],
  ['lib/doctor/x.ts', 'axios', /doctor sees its edges/, 'rxjs'],
  ['lib/fleet/x.ts', '../pull/pull.js', /fleet uses the library/, '../index.js'],
  ['lib/fleet/x.ts', 'yargs', /fleet uses the library/, '@temporalio/workflow'],
  ['lib/pull/x.ts', '../fleet/names.js', /pull sees its edges/, '../store/open-mirror.js'],
  ['lib/pull/x.ts', '@temporalio/client', /pull sees its edges/, 'rxjs'],
  ['lib/cli/commands/x.ts', '../../confluence/walk.js', /cli is the terminal/, '../../pull/pull.js'],
  ['lib/cli/x.ts', 'axios', /cli is the terminal/, 'yargs'],
  [
    'lib/sandbox/http/x.ts',
    '../../core/cql.js',
    /sandbox is the other side/,
    '../../errors/sandbox-error.js',
  ],
  ['lib/sandbox/x.ts', 'axios', /sandbox is the other side/, 'hono/compress'],
  ['spec/x.ts', 'nock', /spec\/support\/nock/, 'rxjs'],
] as const;

test.each(BOUNDARIES)('%s may not import %s', async (file, wrong, reason, right) => {
  expect(await complaints(file, `import { x } from '${wrong}';`)).toContainEqual(
    expect.stringMatching(reason),
  );
  expect(await complaints(file, `import { x } from '${right}';`)).toEqual([]);
});

test.each([
  ['lib/pull/x.ts', "hint('Pull again with --force.');"],
  ['lib/store/x.ts', 'hint(`Name ${what}: --ca-file FILE.`);'],
  ['lib/confluence/x.ts', "hint('Check CONFLUENCE_URL.');"],
])('%s may not speak of flags and variables: %s', async (file, code) => {
  expect(await complaints(file, code)).toEqual([expect.stringMatching(/names options, `maxWaitMs`/)]);
  expect(await complaints('lib/cli/x.ts', code)).toEqual([]);
});

test('options in backquotes, comments and what only looks like a flag may stand', async () => {
  const code = "// as --force does\nhint('Pull again with `force`.', '--uriencoded--', 'a--b', '-- x');";
  expect(await complaints('lib/pull/x.ts', code)).toEqual([]);
});
