import { createFileBytes } from '../data/file-bytes.js';
import { uuidOf } from '../data/prng.js';
import type { Attachment } from './model.js';

/** Bytes of attachments: uploaded ones are kept, all others are made when they are asked for. */
export interface FileStore {
  read(attachment: Attachment, version?: number): Uint8Array;
  write(id: string, version: number, bytes: Uint8Array): void;
}

/** The media id of one version of an attachment. */
export const fileIdOf = (attachment: Attachment, version = attachment.version): string =>
  uuidOf('file', attachment.id, version);

export const createFileStore = (seed: number): FileStore => {
  const written = new Map<string, Uint8Array>();
  const generate = createFileBytes(seed);
  return {
    read: (attachment, version = attachment.version) =>
      written.get(`${attachment.id}:${version}`) ??
      generate(fileIdOf(attachment, version), attachment.mediaType, attachment.fileSize),
    write: (id, version, bytes) => written.set(`${id}:${version}`, bytes),
  };
};
