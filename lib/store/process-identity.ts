import { readFileSync, readlinkSync } from 'node:fs';
import { systemCode } from './store-failure.js';

/** What Linux tells of a process. */
export interface ProcessIdentity {
  /** The boot of the machine and the container in which process numbers mean something. */
  readonly world: string;
  /** When it was started, in ticks since that boot: no other process of the number has that. */
  readonly birth: string;
  /** Suspended by a signal: it does nothing until somebody wakes it. */
  readonly isStopped: boolean;
}

/** What is known of whether a process lives: `unsure` when only its number is in use. */
export type Liveness = 'alive' | 'stopped' | 'dead' | 'unsure' | 'elsewhere';

const BOOT = '/proc/sys/kernel/random/boot_id';
const STATE = 0;
const START_TIME = 19;

/** The fields of `/proc/<pid>/stat` behind the name, which may hold anything. */
const fieldsOf = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

/** Undefined where the system does not tell, and for a process that is not there. */
export const processIdentity = (pid: number): ProcessIdentity | undefined => {
  try {
    const fields = fieldsOf(readFileSync(`/proc/${pid}/stat`, 'latin1'));
    const birth = fields[START_TIME];
    const world = `${readFileSync(BOOT, 'latin1').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
    return birth === undefined
      ? undefined
      : { world, birth, isStopped: fields[STATE] === 'T' || fields[STATE] === 't' };
  } catch {
    return undefined;
  }
};

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
};

/** Whether the process that had this number and this identity lives; `isHere`: on a machine of this name. */
export const livenessOf = (
  pid: number,
  identity: Pick<ProcessIdentity, 'world' | 'birth'> | undefined,
  isHere: boolean,
): Liveness => {
  if (!isHere) return 'elsewhere';
  const here = processIdentity(process.pid);
  if (identity !== undefined && here !== undefined && identity.world !== here.world) return 'elsewhere';
  if (!exists(pid)) return 'dead';
  const there = identity === undefined ? undefined : processIdentity(pid);
  if (identity === undefined || there === undefined) return 'unsure';
  if (there.birth !== identity.birth) return 'dead';
  return there.isStopped ? 'stopped' : 'alive';
};
