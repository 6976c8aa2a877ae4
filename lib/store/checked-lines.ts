import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { ensureDirectory } from './ensure-directory.js';
import type { Folder } from './folder.js';
import { parentOf } from './folder-paths.js';

type FileHandle = NonNullable<Awaited<ReturnType<Folder['open']>>>;

/** What stands at the end of such a file: the SHA-256 of all before it. */
const lastLine = (hash: string): string => `{"sha256":"${hash}"}\n`;
const LAST_BYTES = lastLine('0'.repeat(64)).length;

const CHUNK_BYTES = 64 * 1024;

async function* chunksOf(handle: FileHandle, end: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < end;) {
    const { bytesRead, buffer } = await handle.read(
      Buffer.alloc(CHUNK_BYTES),
      0,
      Math.min(CHUNK_BYTES, end - at),
      at,
    );
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

const hashOf = async (handle: FileHandle, end: number): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(handle, end)) hash.update(chunk);
  return hash.digest('hex');
};

async function* linesOf(handle: FileHandle, end: number): AsyncGenerator<string> {
  const decoder = new StringDecoder();
  let rest = '';
  for await (const chunk of chunksOf(handle, end)) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** The lines of a file, which are read from the disk as they are asked for. */
export interface CheckedLines {
  readonly lines: AsyncIterable<string>;
  readonly close: () => Promise<void>;
}

/** Opens a file of lines; undefined when there is none that is whole. To be closed after use. */
export const openCheckedLines = async (folder: Folder, file: string): Promise<CheckedLines | undefined> => {
  const handle = await folder.open(file);
  if (handle === undefined) return undefined;
  const end = (await handle.stat()).size - LAST_BYTES;
  const last = Buffer.alloc(LAST_BYTES);
  if (end >= 0) await handle.read(last, 0, LAST_BYTES, end);
  if (end >= 0 && last.toString() === lastLine(await hashOf(handle, end)))
    return { lines: linesOf(handle, end), close: () => handle.close() };
  await handle.close();
  return undefined;
};

/** A file of lines that is being written. */
export interface NewLines {
  /** Resolves when there is room for the next one. */
  readonly write: (line: string) => Promise<void>;
  /** Puts the file in its place, in one step that survives a power cut. */
  readonly commit: () => Promise<void>;
  /** Ends it; what was not committed is gone. */
  readonly close: () => Promise<void>;
}

/**
 * Begins a file of lines that is the only one of its directory. No lock is needed: of two that write it at once the second to
 * commit fails.
 */
export const newCheckedLines = async (folder: Folder, file: string): Promise<NewLines> => {
  const directory = parentOf(file);
  await ensureDirectory(folder, directory);
  const temporary = `${directory}/${randomUUID()}`;
  const hash = createHash('sha256');
  const sink = new PassThrough();
  const written = folder.createFrom(temporary, (target) => pipeline(sink, target));
  written.catch(() => undefined);
  const write = async (line: string): Promise<void> => {
    const text = `${line}\n`;
    hash.update(text);
    if (!sink.write(text)) await Promise.race([once(sink, 'drain'), written]);
  };
  const commit = async (): Promise<void> => {
    sink.end(lastLine(hash.digest('hex')));
    await written;
    await folder.sync(temporary);
    await folder.rename(temporary, file);
    await folder.sync(file);
    const others = folder.list(directory).filter(({ name }) => `${directory}/${name}` !== file);
    for (const { name } of others) await folder.unlink(`${directory}/${name}`);
  };
  const close = async (): Promise<void> => {
    sink.destroy();
    await written.catch(() => undefined);
    if (folder.stat(temporary) !== undefined) await folder.unlink(temporary);
  };
  return { write, commit, close };
};
