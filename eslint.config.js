import eslint from '@eslint/js';
import jest from 'eslint-plugin-jest';
import rxjsX from 'eslint-plugin-rxjs-x';
import tseslint from 'typescript-eslint';

/** Folders that hold decisions only: what they need of the world comes in as arguments. */
const PURE = ['lib/operators/**', 'lib/core/**', 'lib/convert/**'];

/** Forbids imports by pattern: one entry a boundary, with the reason that the developer reads. */
const boundary = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'reports/', 'demo-mirror/', 'fixtures/'] },
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
  boundary(
    PURE,
    [
      'axios',
      'axios-*',
      'fs-extra',
      'fs',
      'fs/*',
      'node:*',
      'yargs',
      'hono',
      '**/confluence/**',
      '**/store/**',
      '**/pull/**',
      '**/cli/**',
      '**/sandbox/**',
    ],
    'operators, core and convert are pure: pass it in as an argument.',
  ),
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
  boundary(
    ['lib/confluence/**'],
    ['**/store/**', '**/pull/**', '**/cli/**', '**/sandbox/**', 'fs-extra'],
    'confluence is the HTTP edge: pull composes it with the store.',
  ),
  boundary(
    ['lib/store/**'],
    ['**/confluence/**', '**/pull/**', '**/cli/**', '**/sandbox/**', 'axios'],
    'store is the file edge: pull composes it with the wiki.',
  ),
  boundary(
    ['lib/pull/**'],
    ['**/cli/**', '**/sandbox/**', 'axios', 'fs-extra'],
    'pull sees its edges through PullDeps only.',
  ),
  boundary(
    ['lib/doctor/**'],
    ['**/cli/**', '**/sandbox/**', 'axios', 'fs-extra'],
    'doctor sees its edges through DoctorDeps only.',
  ),
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
);
