import eslint from '@eslint/js';
import jest from 'eslint-plugin-jest';
import rxjsX from 'eslint-plugin-rxjs-x';
import tseslint from 'typescript-eslint';

/** Folders that hold decisions only: what they need of the world comes in as arguments. */
const PURE = ['lib/operators/**', 'lib/core/**', 'lib/convert/**'];

/**
 * What each folder of lib may import: folders of lib, packages, and the reason that the developer reads. Everybody may
 * import within the own folder.
 */
const FOLDERS = {
  operators: {
    folders: ['errors'],
    packages: ['rxjs'],
    because: 'operators are generic: they know RxJS, each other and what is said of a bad option only.',
  },
  errors: {
    because: 'errors stand alone, as everybody shares them.',
  },
  convert: {
    folders: ['errors'],
    packages: ['entities', 'fflate', 'github-slugger'],
    because: 'convert is pure and stands alone: what it needs of a mirror comes in by its context.',
  },
  core: {
    folders: ['convert', 'operators'],
    packages: ['picomatch', 'yaml', 'zod'],
    because: 'core is pure: pass it in as an argument.',
  },
  events: {
    folders: ['core', 'errors'],
    packages: ['rxjs', 'zod'],
    because: 'events are what others tell and read: they know nobody who tells them.',
  },
  confluence: {
    folders: ['core', 'errors', 'operators'],
    packages: ['axios', 'axios-retry', 'node:', 'rxjs', 'zod'],
    because: 'confluence is the HTTP edge: pull composes it with the store.',
  },
  store: {
    folders: ['core', 'errors', 'events'],
    packages: ['classic-level', 'fs-extra', 'node:', 'zod'],
    because: 'store is the file edge: pull composes it with the wiki.',
  },
  rendering: {
    folders: ['convert', 'core', 'errors', 'store'],
    packages: ['node:fs', 'node:os', 'node:url', 'node:util', 'node:worker_threads'],
    because:
      'rendering makes the text of a page of what it is given, in any thread: what it asks of a mirror is answered by pull.',
  },
  report: {
    folders: ['core', 'errors', 'events', 'store'],
    packages: ['d3-hierarchy', 'd3-scale', 'd3-shape', 'hono/html', 'node:crypto', 'node:path'],
    because: 'report reads a mirror and knows no wiki: pull tells it what has happened.',
  },
  documents: {
    folders: ['convert', 'core', 'errors', 'store'],
    packages: ['markdown-it', 'node:crypto', 'node:path', 'zod'],
    because: 'documents are made of a mirror alone: nothing is asked of a wiki.',
  },
  pull: {
    folders: [
      'confluence',
      'convert',
      'core',
      'documents',
      'errors',
      'events',
      'operators',
      'rendering',
      'report',
      'store',
    ],
    packages: ['node:crypto', 'node:events', 'node:stream', 'node:v8', 'rxjs', 'zod'],
    because: 'pull sees its edges through PullDeps only, and no terminal.',
  },
  doctor: {
    folders: ['confluence', 'core', 'errors', 'pull', 'store'],
    packages: ['node:stream', 'rxjs'],
    because: 'doctor sees its edges through DoctorDeps only, and no terminal.',
  },
  fleet: {
    folders: ['errors'],
    packages: [
      '@temporalio/activity',
      '@temporalio/client',
      '@temporalio/worker',
      '@temporalio/workflow',
      'node:crypto',
      'node:fs/promises',
      'node:path',
      'node:url',
      'rxjs',
      'yaml',
      'zod',
    ],
    because:
      'fleet uses the library as its users have it (lib/index.ts), and the engine; it sees no terminal.',
  },
  cli: {
    folders: [
      'core',
      'doctor',
      'documents',
      'errors',
      'events',
      'fleet',
      'pull',
      'report',
      'sandbox',
      'store',
    ],
    packages: ['fs-extra', 'node:', 'rxjs', 'yaml', 'yargs', 'zod'],
    because: 'cli is the terminal: it reaches the wiki through pull.',
  },
  sandbox: {
    folders: ['errors'],
    packages: ['@hono/node-server', 'hono', 'node:'],
    because: 'sandbox is the other side of the wire: it shares nothing with the client but how errors look.',
  },
};

/** The rooms of lib/pull, each of which uses only those after it; the files beside them use all. */
const PULL_ROOMS = ['wiki', 'plan', 'lanes', 'render', 'inventory', 'run', 'governor'];

/** Forbids what matches, with the reason that the developer reads. */
const boundary = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

/** What lies outside of a folder: other folders of lib by their names, packages by theirs. */
const outside = (own, { folders = [], packages = [], because }) => {
  const others = Object.keys(FOLDERS).filter((name) => name !== own && !folders.includes(name));
  const known = packages.map((name) => (name.endsWith(':') ? name : `${name}(?:/|$)`));
  return [
    { regex: `^(?:\\.\\./)+(?:${others.join('|')})/`, message: because },
    { regex: `^(?!\\.|${['$', ...known].join('|')})`, message: because },
  ];
};

const WIRE = {
  regex: '/confluence/wire/',
  message: 'The shapes of the wire stay in confluence, which gives what core describes.',
};

const FILES = {
  regex: '^(?:node:)?fs(?:-extra|/|$)',
  message: 'Files are reached through Folder of store, which follows no symbolic link and heeds the lock.',
};

/** Those that speak to the file system themselves: the bottom of store, what reads settings or a corpus, or looks for a thread's file. */
const OWN_FILES = {
  store: [
    'files',
    'folder',
    'folder-at',
    'is-open-in',
    'looks',
    'open-regular',
    'pin-directory',
    'probe-folder',
    'process-identity',
    'space-folder',
    'temporary-folder',
    'try-writing',
    'write-new-file',
  ],
  rendering: ['open-render-pool'],
  fleet: ['read-text'],
  cli: ['connection', 'log-file', 'settings/config-file', 'settings/read-config-file'],
  sandbox: ['create-sandbox'],
};

const filesOf = (name) => (OWN_FILES[name] ?? []).map((file) => `lib/${name}/${file}.ts`);

/** Of the rooms before the own one, and of the files beside them, none may be used. */
const above = (room) => {
  const before = PULL_ROOMS.slice(0, PULL_ROOMS.indexOf(room));
  const message = `Of the rooms of pull each uses only those after it: ${PULL_ROOMS.join(', ')}.`;
  const names = [...before.map((name) => `${name}/`), '[^/]+$'];
  return { regex: `^\\.\\./(?:${names.join('|')})`, message };
};

const BOUNDARIES = [
  ...Object.entries(FOLDERS).flatMap(([name, rule]) => {
    const patterns = [...outside(name, rule), ...(name === 'confluence' ? [] : [WIRE])];
    const own = filesOf(name);
    return [
      boundary([`lib/${name}/**`], [...patterns, FILES]),
      ...(own.length > 0 ? [boundary(own, patterns)] : []),
    ];
  }),
  ...PULL_ROOMS.map((room) =>
    boundary([`lib/pull/${room}/**`], [...outside('pull', FOLDERS.pull), WIRE, above(room)]),
  ),
  boundary(['bin/**'], [{ regex: '/lib/(?!cli/)', message: 'bin calls main of cli; nothing else.' }]),
];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'reports/', 'demo-mirror/', 'fixtures/', 'docs/api/'] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  { files: ['**/*.ts'], ...rxjsX.configs.recommended },
  {
    languageOptions: {
      parserOptions: { project: 'spec/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      'no-console': 'error',
      'no-param-reassign': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  ...BOUNDARIES,
  {
    files: PURE,
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'console',
        'fetch',
        'setTimeout',
        'setInterval',
        'Buffer',
      ],
    },
  },
  {
    files: ['lib/**'],
    // Custom properties of CSS begin as flags do.
    ignores: ['lib/cli/**', 'lib/sandbox/**', 'lib/report/html/style.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['Literal[value=', 'TemplateElement[value.raw='].map((text) => ({
          selector: `${text}/(?<![\\w-])--[a-z][\\w-]*(?<!-)(?![\\w-])|\\bCONFLUENCE_[A-Z]/]`,
          message:
            'The library names options, `maxWaitMs`; name-flags of cli makes flags of them, --max-wait.',
        })),
      ],
    },
  },
  {
    files: ['spec/**'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'fc.assert', 'nock.*', '**.run'] }],
      'max-lines-per-function': 'off',
      'max-lines': ['error', 600],
    },
  },
  {
    files: ['spec/**'],
    ignores: ['spec/support/nock.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'nock', message: 'Use spec/support/nock.ts, which puts node:http back in the end.' },
          ],
        },
      ],
    },
  },
  // The second client's own reads are those that Confluence deprecates: the sandbox answers them all the same.
  { files: ['spec/sandbox/second-client.spec.ts'], rules: { '@typescript-eslint/no-deprecated': 'off' } },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['examples/**'],
    languageOptions: {
      globals: {
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        Buffer: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        process: 'readonly',
      },
    },
    rules: { 'no-console': 'off' },
  },
);
