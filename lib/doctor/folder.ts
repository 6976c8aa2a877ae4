import type { FolderTraits } from '../store/probe-folder.js';
import type { Answer } from './answer.js';
import { type Finding, failure, ok, warning } from './finding.js';

/** Names of the mirror are at most so long, but those of attachments, which keep their own. */
const LONGEST_OWN_NAME = 143;

const caseText = ({ isCaseSensitive }: FolderTraits): string =>
  isCaseSensitive ? 'upper and lower case differ' : 'upper and lower case are one';

const problems = ({ longestName, takesLongPaths }: FolderTraits): (readonly [string, string])[] =>
  longestName < LONGEST_OWN_NAME || !takesLongPaths
    ? [
        [
          `Names may have ${longestName} bytes, and a path of 240 bytes ${takesLongPaths ? 'fits' : 'does not fit'}.`,
          'Choose a folder nearer to the root of the disk, or another disk; on Windows allow long paths.',
        ],
      ]
    : [];

/** Whether a mirror can be written in the folder, and what its file system does. */
export const folderFinding = (answer: Answer<FolderTraits>): Finding => {
  if ('error' in answer) return failure('folder', answer.error);
  const traits = answer.value;
  const [problem] = problems(traits);
  if (problem) return warning('folder', ...problem);
  const links = traits.hasSymbolicLinks ? '' : ', no symbolic links';
  const names = traits.keepsNames ? '' : ', letters with accents are rewritten';
  return ok(
    'folder',
    `${traits.tried} can be written; ${caseText(traits)}, names have up to ${traits.longestName} bytes${links}${names}.`,
  );
};

/** Whether the disk holds what is to come. */
export const diskFinding = (
  freeBytes: number,
  neededBytes: number,
  human: (bytes: number) => string,
): Finding =>
  freeBytes < neededBytes
    ? warning(
        'disk',
        `${human(freeBytes)} are free, and the space has about ${human(neededBytes)}.`,
        "Free some space, name another disk, or leave files out: `attachments: 'referenced'`, or none.",
      )
    : ok('disk', `${human(freeBytes)} are free, for about ${human(neededBytes)}.`);
