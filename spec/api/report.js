// The public surface as a report for each entry, from the types of the build: `npm run api` writes it to fixtures/api,
// `-- --check` compares and fails where it is another one.
import path from 'node:path';
import process from 'node:process';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = path.resolve(import.meta.dirname, '../..');
const ENTRIES = { rxsync: 'index', operators: 'operators/index', sandbox: 'sandbox/index' };

const reportOf = (name, entry) =>
  Extractor.invoke(
    ExtractorConfig.prepare({
      configObject: {
        projectFolder: root,
        mainEntryPointFilePath: path.join(root, `dist/lib/${entry}.d.ts`),
        compiler: { tsconfigFilePath: path.join(root, 'tsconfig.build.json') },
        apiReport: {
          enabled: true,
          reportFileName: `${name}.api.md`,
          reportFolder: path.join(root, 'fixtures/api'),
          reportTempFolder: path.join(root, 'dist/api'),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          extractorMessageReporting: {
            'ae-missing-release-tag': { logLevel: 'none' },
            'ae-forgotten-export': { logLevel: 'warning', addToApiReportFile: true },
          },
          tsdocMessageReporting: { default: { logLevel: 'none' } },
        },
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: path.join(root, 'package.json'),
    }),
    { localBuild: !process.argv.includes('--check'), showVerboseMessages: false },
  );

for (const [name, entry] of Object.entries(ENTRIES))
  if (!reportOf(name, entry).succeeded) process.exitCode = 1;
