import path from 'node:path';
import { type Files, realFiles } from '../../../lib/store/files.js';

/** The error that Node raises when the system refuses a call. */
const refusal = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${code}: refused, ${syscall}`), { code, syscall });

/** Files of which those of some names, and directories, let nothing be done to them, as protected ones. */
export const refusingFiles = (names: ReadonlySet<string>, code: string): Files => {
  const guarded =
    <A extends readonly string[]>(syscall: string, work: (...paths: A) => Promise<void>) =>
    async (...paths: A): Promise<void> => {
      if (paths.some((each) => names.has(path.basename(each)))) throw refusal(code, syscall);
      await work(...paths);
    };
  return {
    ...realFiles,
    mkdir: guarded('mkdir', realFiles.mkdir),
    rmdir: guarded('rmdir', realFiles.rmdir),
    rename: guarded('rename', realFiles.rename),
    unlink: guarded('unlink', realFiles.unlink),
  };
};
