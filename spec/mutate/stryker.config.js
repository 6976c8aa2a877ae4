/** What every mutation run shares; `run.js` adds the folder and the sample. */
export default {
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // Room for a busy machine: a timeout counts as noticed.
  timeoutMS: 10_000,
  plugins: ['@stryker-mutator/jest-runner', './spec/mutate/sample.js'],
  checkers: ['sample'],
  warnings: { slow: false, unknownOptions: true },
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false, allowEmojis: false },
  allowConsoleColors: false,
  thresholds: { high: 95, low: 85, break: 85 },
  ignorePatterns: ['dist', 'coverage', 'demo-mirror', 'fixtures/pages', 'reports'],
};
