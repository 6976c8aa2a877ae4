import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const setProtection = (sign: '+' | '-', files: readonly string[]): void => {
  if (files.length > 0) execFileSync('chattr', [`${sign}i`, ...files], { stdio: 'ignore' });
};

/** Lets nobody change, move or remove these files, nor what is in these directories: not even the superuser. */
export const protect = (...files: readonly string[]): void => setProtection('+', files);

export const unprotect = (...files: readonly string[]): void => setProtection('-', files);

/** Takes all protection from what is in a directory. */
export const unprotectAll = (directory: string): void => {
  execFileSync('chattr', ['-R', '-f', '-i', directory], { stdio: 'ignore' });
};

/** Whether this system and this user can protect files: Linux, the superuser, and a file system that knows of it. */
export const canProtect = (): boolean => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'rxsync-'));
  const file = path.join(directory, 'file');
  try {
    writeFileSync(file, '');
    protect(file);
    unprotect(file);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
