/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  // Real files, servers and processes: a busy machine takes its time over them.
  testTimeout: 60_000,
  // Of the cores the default leaves one idle, of two therefore half.
  maxWorkers: '100%',
  // Modules of finished suites stay in a worker: as it grows the collector takes its time, and in the end it does not exit by itself.
  workerIdleMemoryLimit: '768MB',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.{spec,e2e,long}.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', '^rxsync$': '<rootDir>/lib/index.ts' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

export default config;
