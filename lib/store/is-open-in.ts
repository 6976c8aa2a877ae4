import { readdirSync, readlinkSync } from 'node:fs';

const nameOf = (handle: string): string | undefined => {
  try {
    return readlinkSync(handle);
  } catch {
    return undefined;
  }
};

/** Whether a process has the file open, by its real path; undefined where the system does not tell. */
export const isOpenIn = (pid: number, location: string): boolean | undefined => {
  const handles = `/proc/${pid}/fd`;
  try {
    return readdirSync(handles).some((handle) => nameOf(`${handles}/${handle}`) === location);
  } catch {
    return undefined;
  }
};
