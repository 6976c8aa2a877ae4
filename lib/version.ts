import { createRequire } from 'node:module';

/** The version of this package. */
export const version = (): string => {
  const require = createRequire(import.meta.url);
  // Compiled to dist/lib or dist/bin, read as lib by the tests: the package file is one or two folders up.
  for (const file of ['../package.json', '../../package.json']) {
    try {
      const found: unknown = require(file);
      if (typeof found === 'object' && found !== null && 'version' in found) return String(found.version);
    } catch {
      continue;
    }
  }
  return '0.0.0';
};
