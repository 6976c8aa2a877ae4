import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  type Dirent,
  lstatSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  writeSync,
} from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { type Files, realFiles } from './files.js';
import { locationOf, nameOf, parentOf } from './folder-paths.js';
import { goneOwn, noFile } from './in-the-way.js';
import { openRegular, openRegularSync } from './open-regular.js';
import { isOwn } from './own-files.js';
import { bestPin, type Pin, type PinDirectory } from './pin-directory.js';
import { RecentPins } from './recent-pins.js';
import { isAbsent, unlessAbsent } from './unless-absent.js';
import { asUnreadable, reading } from './unreadable.js';

export interface FolderOptions {
  /** @default the file system of the machine */
  readonly files?: Files;
  /** @default the safest way that this system has */
  readonly pin?: PinDirectory;
  /** Throws when nothing may be changed any more. @default never */
  readonly mayChange?: () => void;
  /** Keeps directories open between operations, until `release`. @default false */
  readonly keepsOpen?: boolean;
}

const { O_RDONLY, O_RDWR } = constants;
/** Read of a file at once. */
const PART_BYTES = 1024 * 1024;

/**
 * The folder of a mirror: every file operation below it goes through here. Paths are relative to it, POSIX. The folder
 * itself may be behind a symbolic link; nothing below it is reached through one, planted before or while it is used.
 *
 * Errors: `SymbolicLinkError` for a link on the way to what is asked for, `StoreError` for one within rxsync's own folder;
 * what the system refuses, as Node tells it.
 */
export class Folder {
  /** Its real path. */
  readonly root: string;
  readonly #options: FolderOptions;
  readonly #files: Files;
  readonly #pin: PinDirectory;
  readonly #recent: RecentPins | undefined;

  /** @throws what the system says when there is no such folder */
  constructor(dir: string, options: FolderOptions = {}) {
    this.root = reading(dir, () => realpathSync.native(dir));
    this.#options = options;
    this.#files = options.files ?? realFiles;
    const pin = options.pin ?? bestPin();
    this.#recent = options.keepsOpen === true ? new RecentPins(pin) : undefined;
    this.#pin = this.#recent?.pin ?? pin;
  }

  /** The same folder, in which nothing is changed once `mayChange` throws. */
  fenced(mayChange: () => void): Folder {
    return new Folder(this.root, { ...this.#options, mayChange });
  }

  /** What stands at the path itself; undefined when nothing does. */
  stat(relative: string): Stats | undefined {
    return unlessAbsent(() =>
      reading(locationOf(this.root, relative), () =>
        this.#atOnce(relative, (location) => lstatSync(location)),
      ),
    );
  }

  /** Whether there is such a directory; the root's path is empty. */
  hasDirectory(relative: string): boolean {
    try {
      this.#pin(this.root, relative).release();
      return true;
    } catch (error) {
      if (isAbsent(error)) return false;
      throw error;
    }
  }

  /** The entries of a directory, none of one that is not there. */
  list(relative: string): readonly Dirent[] {
    if (!this.hasDirectory(relative)) return [];
    const pin = this.#pin(this.root, relative);
    try {
      return reading(locationOf(this.root, relative), () => readdirSync(pin.at(''), { withFileTypes: true }));
    } finally {
      pin.release();
    }
  }

  /**
   * Opens a file for reading; undefined when there is none.
   * @throws StoreError when something else stands there; a FIFO or a device is not waited for
   */
  async open(relative: string): Promise<FileHandle | undefined> {
    try {
      return await this.#within(parentOf(relative), (at) => openRegular(at(nameOf(relative)), relative));
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw asUnreadable(locationOf(this.root, relative), error);
    }
  }

  /** The content of a file; undefined when there is none. Errors: as of `open`. */
  async read(relative: string): Promise<Buffer | undefined> {
    const handle = await this.open(relative);
    if (handle === undefined) return undefined;
    try {
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  }

  /** The first bytes of a file, at once; undefined when there is none. Errors: as of `open`. */
  readHead(relative: string, maxBytes: number): Buffer | undefined {
    return unlessAbsent(() => {
      const fd = reading(locationOf(this.root, relative), () => this.#openSync(relative, O_RDONLY));
      try {
        const head = Buffer.alloc(maxBytes);
        return head.subarray(0, readSync(fd, head, 0, maxBytes, 0));
      } finally {
        closeSync(fd);
      }
    });
  }

  /**
   * Where others may work in a directory of ours that holds files only: how the file system names it, until it is released.
   * @throws StoreError when something else than files is in it
   */
  hold(relative: string): { readonly location: string; readonly release: () => void } {
    const pin = this.#pin(this.root, relative);
    try {
      for (const { name } of readdirSync(pin.at(''), { withFileTypes: true })) {
        // Who works there may remove one at any time.
        const stat = lstatSync(pin.at(name), { throwIfNoEntry: false });
        if (stat?.isFile() === false) throw noFile(`${relative}/${name}`, stat);
      }
      return { location: pin.at(''), release: pin.release };
    } catch (error) {
      pin.release();
      throw error;
    }
  }

  /** What stands at a path, by name only: for looks before every change. Who wants to read or write the file looks again. */
  glance(relative: string): Stats | undefined {
    return unlessAbsent(() => lstatSync(locationOf(this.root, relative), { throwIfNoEntry: false }));
  }

  /** SHA-256 of a file, hex; undefined when there is none. Errors: as of `open`. */
  async hash(relative: string): Promise<string | undefined> {
    const handle = await this.open(relative);
    if (handle === undefined) return undefined;
    try {
      const hash = createHash('sha256');
      const { size } = await handle.stat();
      const buffer = Buffer.allocUnsafe(Math.min(Math.max(size, 1), PART_BYTES));
      for (;;) {
        const { bytesRead } = await handle.read(buffer);
        if (bytesRead === 0) return hash.digest('hex');
        hash.update(buffer.subarray(0, bytesRead));
      }
    } finally {
      await handle.close();
    }
  }

  /** Makes one directory; one that is there is as good. */
  makeDirectory(relative: string): Promise<void> {
    return this.#change(parentOf(relative), (at) => this.#files.mkdir(at(nameOf(relative))));
  }

  /** Removes an empty directory. */
  removeDirectory(relative: string): Promise<void> {
    return this.#change(parentOf(relative), (at) => this.#files.rmdir(at(nameOf(relative))));
  }

  /** Moves what stands at a path, a link as such; replaces a file that is at the other. */
  rename(from: string, to: string): Promise<void> {
    return this.#change(parentOf(from), (source) =>
      this.#within(parentOf(to), (target) => this.#files.rename(source(nameOf(from)), target(nameOf(to)))),
    );
  }

  /** Removes a file, or a link as such. */
  unlink(relative: string): Promise<void> {
    return this.#change(parentOf(relative), (at) => this.#files.unlink(at(nameOf(relative))));
  }

  /** Writes a file that is not there yet. */
  create(relative: string, content: string | Uint8Array): Promise<void> {
    return this.#change(parentOf(relative), (at) => this.#files.writeFile(at(nameOf(relative)), content));
  }

  /** Lets `write` write a file that is not there yet, where it is named by `location`, until that has ended. */
  createBy<T>(relative: string, write: (location: string) => Promise<T>): Promise<T> {
    return this.#change(parentOf(relative), (at) => write(at(nameOf(relative))));
  }

  /** Writes a file that is not there yet by `write`, which gets where to and says when it has ended. */
  createFrom<T>(relative: string, write: (target: Writable) => Promise<T>): Promise<T> {
    return this.createBy(relative, async (location) => {
      const target = this.#files.createWriteStream(location);
      const closed = new Promise((resolve) => target.once('close', resolve));
      try {
        return await write(target);
      } finally {
        // Whoever gives up early has a file that is still to be opened: the directory is held until then.
        target.destroy();
        await closed;
      }
    });
  }

  /** @throws what the system says when this user may not write to what is there */
  checkWritable(relative: string): void {
    this.#atOnce(relative, (location) => this.#files.checkWritable(location));
  }

  /** Opens a file that is there, to write it anew by `update`. */
  openToUpdate(relative: string): number {
    return this.#openSync(relative, O_RDWR);
  }

  /** Writes the same bytes over those of a file that `openToUpdate` has opened. */
  update(fd: number, text: string): void {
    writeSync(fd, text, 0);
  }

  close(fd: number): void {
    closeSync(fd);
  }

  /** Lets directories go that are kept open; whatever comes later opens them again. */
  release(): void {
    this.#recent?.release();
  }

  /** Makes a file survive a power cut, with its name; one that is gone needs none. */
  async sync(relative: string): Promise<void> {
    try {
      await this.#within(parentOf(relative), (at) => this.#files.sync(at(nameOf(relative))));
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }

  #openSync(relative: string, mode: number): number {
    return this.#atOnce(relative, (location) => openRegularSync(location, relative, mode));
  }

  /** As `#within`, of one path and at once. */
  #atOnce<T>(relative: string, use: (location: string) => T): T {
    const pin = this.#pin(this.root, parentOf(relative));
    try {
      return use(pin.at(nameOf(relative)));
    } finally {
      pin.release();
    }
  }

  async #within<T>(directory: string, use: (at: Pin['at']) => Promise<T>): Promise<T> {
    const pin = this.#pin(this.root, directory);
    try {
      return await use(pin.at);
    } finally {
      pin.release();
    }
  }

  /** Whoever may not change anything any more is told so, whatever else went wrong for that reason. */
  async #change<T>(directory: string, use: (at: Pin['at']) => Promise<T>): Promise<T> {
    const { mayChange = () => undefined } = this.#options;
    mayChange();
    try {
      return await this.#within(directory, use);
    } catch (error) {
      mayChange();
      throw isAbsent(error) && isOwn(directory) && !this.hasDirectory(directory) ? goneOwn(directory) : error;
    }
  }
}
