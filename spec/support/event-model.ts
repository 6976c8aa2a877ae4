import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EventBody, FileEvent } from '../../lib/events/events.js';

type Change = Exclude<FileEvent, { type: 'page.skipped' }>;

/** What an event is about: there is one file, or one directory, of each. */
const keyOf = (event: Change): string => {
  const kind = event.type.slice(0, event.type.indexOf('.'));
  return `${kind}:${'id' in event ? event.id : event.pageId}`;
};

const isChange = (event: EventBody): event is Change =>
  /^(?:page|meta|attachment|comments|folder)\.(?:written|moved|deleted)$/.test(event.type);

interface Held {
  readonly owner: string;
  /** Undefined of a directory. */
  readonly bytes: number | undefined;
}

/** The files of a mirror as a reader of its events knows them: what comes to a path takes it from whatever was there. */
export class EventModel {
  readonly #held = new Map<string, Held>();
  /** Where each item was told to be last, and still is as far as is known. */
  readonly #places = new Map<string, string>();
  /** What was moved, written anew or deleted elsewhere than where it was. */
  readonly wrong: string[] = [];

  take(event: EventBody): void {
    if (!isChange(event)) return;
    const key = keyOf(event);
    const isGone = event.type.endsWith('.deleted');
    const [before, to] = [this.#places.get(key), pathOf(event)];
    const from = 'from' in event ? event.from : to;
    if (before !== undefined && from !== before) this.wrong.push(`${key}: ${before}, not ${from}`);
    if (this.#held.get(from)?.owner === key) this.#held.delete(from);
    this.#places.delete(key);
    if (isGone) return;
    const loser = this.#held.get(to)?.owner;
    if (loser !== undefined) this.#places.delete(loser);
    this.#places.set(key, to);
    this.#held.set(to, { owner: key, bytes: 'bytes' in event ? event.bytes : undefined });
  }

  /** Paths with the sizes of files, and with 0 the directories of folders and those that files are in. */
  tree(): Record<string, number> {
    const tree: Record<string, number> = {};
    const addDirectory = (directory: string): void => {
      if (directory === '.') return;
      tree[`${directory}/`] = 0;
      addDirectory(path.posix.dirname(directory));
    };
    for (const [file, { bytes }] of this.#held) {
      if (bytes === undefined) addDirectory(file);
      else tree[file] = bytes;
      addDirectory(path.posix.dirname(file));
    }
    return sorted(tree);
  }
}

const pathOf = (event: Change): string => ('to' in event ? event.to : event.path);

const sorted = (tree: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The same of a mirror on disk, without rxsync's own files and those that were kept aside. */
export const readSizes = async (dir: string): Promise<Record<string, number>> => {
  const tree: Record<string, number> = {};
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const relative = path.relative(dir, file).split(path.sep).join('/');
    if (relative.startsWith('.rxsync') || /\.local-\d+/.test(relative)) continue;
    if (entry.isDirectory()) tree[`${relative}/`] = 0;
    else tree[relative] = (await stat(file)).size;
  }
  return sorted(tree);
};
