import path from 'node:path';
import { ensureDirectory } from './ensure-directory.js';
import { Folder } from './folder.js';
import { ignoreInGit } from './ignore-in-git.js';
import { OWN, STATE_DIRECTORY } from './own-files.js';
import { withStoreFailure } from './store-failure.js';
import { TemporaryFiles } from './temporary-files.js';

/** Where the report stands, relative to the folder that it is of. */
export const REPORT_PATH = `${STATE_DIRECTORY}/report.html`;

/**
 * Writes the report of a folder, which is a mirror or holds some, and returns its path. It needs no lock: it appears whole, and
 * no run looks at it.
 * @throws StoreError when it cannot be written
 */
export const writeReport = (dir: string, html: string): Promise<string> =>
  withStoreFailure(`The report of "${dir}" cannot be written`, async () => {
    const folder = new Folder(dir);
    for (const directory of [OWN.directory, OWN.temporary]) await ensureDirectory(folder, directory);
    const temporary = new TemporaryFiles(folder);
    await ignoreInGit(folder, temporary);
    await temporary.replace(REPORT_PATH, html);
    return path.join(dir, REPORT_PATH);
  });
