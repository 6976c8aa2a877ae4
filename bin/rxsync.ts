#!/usr/bin/env node
import { keepHeapLean } from '../lib/cli/lean-heap.js';

/** Packages ask for it as soon as they are loaded. */
const isWorkingDirectoryThere = (): boolean => {
  try {
    return process.cwd() !== '';
  } catch {
    return false;
  }
};

if (isWorkingDirectoryThere()) {
  keepHeapLean();
  const { main } = await import('../lib/cli/main.js');
  await main(process.argv.slice(2));
} else {
  process.stderr.write(
    'rxsync: The working directory is not there any more.\n  Change to one that is, and try again.\n',
  );
  process.exitCode = 1;
}
