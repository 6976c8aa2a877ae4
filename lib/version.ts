import { createRequire } from 'node:module';
import { z } from 'zod';

const Package = z.object({ version: z.string() });

/** The version of this package. */
export const version = (): string => {
  const require = createRequire(import.meta.url);
  // Compiled to dist/lib, read as lib by the tests: the package file is one or two folders up.
  for (const file of ['../package.json', '../../package.json']) {
    try {
      return Package.parse(require(file)).version;
    } catch {
      continue;
    }
  }
  return '0.0.0';
};
