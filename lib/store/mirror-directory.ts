import type { Dirent, Stats } from './files.js';
import { foldName } from '../core/file-names.js';
import { SymbolicLinkError } from '../errors/symbolic-link-error.js';
import type { Folder } from './folder.js';
import { parentOf } from './folder-paths.js';
import { noFolder } from './in-the-way.js';
import { Looks } from './looks.js';
import { mirrorPath } from './mirror-path.js';
import { isOwn } from './own-files.js';
import { refusalOf, withRefusal, withRefusalSync } from './refusal.js';
import { systemCode } from './store-failure.js';
import { traceOf } from './trace-of.js';
import { isAbsent } from './unless-absent.js';

/** Systems differ. */
const NOT_EMPTY: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST']);

/**
 * What the mirror holds beside rxsync's own files: every path is checked to be within it.
 *
 * Errors: `RefusedFileError` for what the system refuses of one path, `SymbolicLinkError` for a link on the way to it; what it
 * refuses everywhere, as Node tells it.
 */
export class MirrorDirectory {
  readonly #folder: Folder;

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** For looks at many of its files in one go. */
  looks(): Looks {
    return new Looks(this.#folder.root);
  }

  /** What stands at the path itself, links not followed. */
  stat(relative: string): Stats | undefined {
    return withRefusalSync(relative, 'reached', () => this.#folder.stat(mirrorPath(relative)));
  }

  /** As `Folder.glance`, of the mirror or of one of rxsync's own files. */
  glance(relative: string): Stats | undefined {
    return withRefusalSync(relative, 'reached', () =>
      this.#folder.glance(isOwn(relative) ? relative : mirrorPath(relative)),
    );
  }

  /** What tells whether the path is as it was: see `traceOf`. */
  trace(relative: string): string | undefined {
    return traceOf(this.glance(relative));
  }

  /** The entries of a directory, none of one that is not there; the root's path is empty. */
  list(relative: string): readonly Dirent[] {
    return withRefusalSync(relative, 'read', () =>
      this.#folder.list(relative === '' ? '' : mirrorPath(relative)),
    );
  }

  /** SHA-256 of a file, hex; undefined when there is none. */
  hash(relative: string): Promise<string | undefined> {
    return withRefusal(relative, 'read', () => this.#folder.hash(mirrorPath(relative)));
  }

  read(relative: string): Promise<Buffer | undefined> {
    return withRefusal(relative, 'read', () => this.#folder.read(mirrorPath(relative)));
  }

  /** Makes a file survive a power cut, with its name; one that is gone needs none. */
  sync(relative: string): Promise<void> {
    return withRefusal(relative, 'synced', () => this.#folder.sync(mirrorPath(relative)));
  }

  /** Moves a file of the mirror to rxsync's own folder. */
  takeIn(from: string, to: string): Promise<void> {
    return withRefusal(from, 'moved', () => this.#folder.rename(mirrorPath(from), to));
  }

  /**
   * Moves a file of the mirror, or one of rxsync's own, to its place; makes the directory and those above it when they are not
   * there. False, and nothing is moved, when `mayGo` says so at the last moment.
   */
  moveTo(from: string, to: string, mayGo: () => boolean = () => true): Promise<boolean> {
    const target = mirrorPath(to);
    const move = async (): Promise<boolean> => {
      if (!mayGo()) return false;
      await this.#folder.rename(from, target);
      return true;
    };
    return withRefusal(target, isOwn(from) ? 'written' : `moved here from "${from}"`, async () => {
      if (this.#folder.glance(parentOf(to)) === undefined && mayGo()) await this.makeDirectory(parentOf(to));
      try {
        return await move();
      } catch (error) {
        if (!isAbsent(error)) throw error;
        await this.makeDirectory(parentOf(to));
        return move();
      }
    });
  }

  /** Removes what was to be moved to a place that has it already; it may be one of rxsync's own. */
  async discard(from: string): Promise<void> {
    if (this.#folder.stat(from) === undefined) return;
    await (isOwn(from) ? this.#folder.unlink(from) : this.unlink(from));
  }

  unlink(relative: string): Promise<void> {
    return withRefusal(relative, 'deleted', () => this.#folder.unlink(mirrorPath(relative)));
  }

  /**
   * Makes a directory of the mirror and those above it.
   * @throws RefusedFileError when a file stands in the place of one, too
   */
  async makeDirectory(relative: string): Promise<void> {
    if (relative === '') return;
    try {
      await this.#makeOne(relative);
    } catch (error) {
      if (!isAbsent(error)) throw error;
      await this.makeDirectory(parentOf(relative));
      await this.#makeOne(relative);
    }
  }

  /** True when the directory and those above it are there. */
  hasDirectory(relative: string): boolean {
    return withRefusalSync(relative, 'reached', () =>
      this.#folder.hasDirectory(relative === '' ? '' : mirrorPath(relative)),
    );
  }

  /** True when both paths lead to one file, as two spellings do on a case-insensitive file system. */
  isSameFile(a: string, b: string): boolean {
    const [left, right] = [this.stat(a), this.stat(b)];
    if (left === undefined || right === undefined) return false;
    return (left.ino === right.ino && left.dev === right.dev) || this.#isListedOnce(a, b);
  }

  /**
   * Removes the directory and those above it as long as they are empty and `isKept` does not object. What a symbolic link
   * leads to stays. Returns those that were not there, and the one at which that ended as it is not empty, or behind a link.
   */
  async removeEmpty(relative: string, isKept: (directory: string) => boolean): Promise<readonly string[]> {
    const others: string[] = [];
    for (let at = relative; at !== '' && !isKept(at); at = parentOf(at)) {
      const outcome = await this.#removeIfEmpty(at);
      if (outcome !== 'removed') others.push(at);
      if (outcome === 'stays') break;
    }
    return others;
  }

  /** Whether two spellings have one entry: some file systems number a file anew for each spelling. */
  #isListedOnce(a: string, b: string): boolean {
    const others = b.split('/');
    return a.split('/').every((name, i, names) => {
      const other = others[i] ?? '';
      if (name === other) return true;
      const folded = foldName(name);
      const alike = this.list(names.slice(0, i).join('/')).filter((entry) => foldName(entry.name) === folded);
      return foldName(other) === folded && alike.length === 1;
    });
  }

  /** Makes a directory in one that is there. */
  async #makeOne(relative: string): Promise<void> {
    try {
      await this.#folder.makeDirectory(mirrorPath(relative));
    } catch (error) {
      if (isAbsent(error)) throw error;
      const stat = this.stat(relative);
      if (stat !== undefined && !stat.isDirectory()) throw noFolder(relative, stat);
      throw refusalOf(relative, 'made', error);
    }
  }

  /** It stays when it is not empty, or behind a link. */
  async #removeIfEmpty(relative: string): Promise<'removed' | 'absent' | 'stays'> {
    try {
      if (!this.hasDirectory(relative)) return 'absent';
      await this.#folder.removeDirectory(relative);
      return 'removed';
    } catch (error) {
      if (error instanceof SymbolicLinkError) return 'stays';
      const code = systemCode(error) ?? '';
      if (code === 'ENOENT') return 'absent';
      // Whatever was in it may be gone by now: whoever removed that removes the directory, too.
      if (NOT_EMPTY.has(code)) return 'stays';
      // Who may not remove it is told so first, though it could not be removed anyway.
      if (code !== '' && this.list(relative).length > 0) return 'stays';
      throw refusalOf(relative, 'deleted', error);
    }
  }
}
