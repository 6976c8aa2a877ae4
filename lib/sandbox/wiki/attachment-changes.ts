import { SandboxError } from '../../errors/sandbox-error.js';
import { mediaTypeOf } from '../data/file-bytes.js';
import { type Attachment, type Content, isDocument } from './model.js';
import { type WikiState, commit, fresh, nextVersion, requireContent } from './wiki-state.js';

/** What a version of an attachment holds. */
export interface FileContent {
  /** The file's bytes, or its text. Default: generated. */
  readonly content?: string | Uint8Array;
  /** Length of a generated file, in bytes. Default 2048. */
  readonly sizeBytes?: number;
  readonly comment?: string;
}

/** A new attachment: its name, and what its first version holds. */
export interface AttachOptions extends FileContent {
  readonly fileName: string;
  /** Default: by the end of the name. */
  readonly mediaType?: string;
}

const isAttachment = (content: Content | undefined): content is Attachment => content?.type === 'attachment';

const store = (
  state: WikiState,
  attachment: Attachment,
  { content, sizeBytes = 2048 }: FileContent,
): Attachment => {
  if (content === undefined) return commit(state, { ...attachment, fileSize: sizeBytes });
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  state.files.write(attachment.id, attachment.version, bytes);
  return commit(state, { ...attachment, fileSize: bytes.length });
};

const attach = (state: WikiState, containerId: string, options: AttachOptions): Attachment => {
  const container = requireContent(state, containerId, isDocument);
  const { fileName, mediaType = mediaTypeOf(fileName), comment = '' } = options;
  const taken = state.store
    .below(containerId)
    .some((other) => isAttachment(other) && other.status === 'current' && other.title === fileName);
  if (taken)
    throw new SandboxError(`A file with this name is already attached to ${containerId}: ${fileName}`);
  const fields = fresh(state, container.spaceId, fileName);
  const id = state.ids.attachment();
  return store(
    state,
    { ...fields, type: 'attachment', id, containerId, mediaType, comment, fileSize: 0 },
    options,
  );
};

const replace = (state: WikiState, id: string, options: FileContent): Attachment => {
  const next = nextVersion(state, requireContent(state, id, isAttachment));
  return store(state, { ...next, comment: options.comment ?? next.comment }, options);
};

const detach = (state: WikiState, id: string): Attachment => {
  state.clock.tick();
  return commit(state, { ...requireContent(state, id, isAttachment), status: 'trashed' });
};

const remove = (state: WikiState, id: string): Attachment => {
  const attachment = requireContent(state, id, isAttachment);
  state.clock.tick();
  state.index.note(id);
  state.store.remove(attachment);
  return attachment;
};

/** Changes of attachments. Unknown ids and taken file names throw SandboxError. */
export const attachmentChanges = (state: WikiState) => ({
  attach: (containerId: string, options: AttachOptions) => attach(state, containerId, options),
  /** A new version with other bytes. */
  replaceAttachment: (id: string, options: FileContent = {}) => replace(state, id, options),
  /** Into the trash. */
  detach: (id: string) => detach(state, id),
  /** Removes for good, as from the trash. */
  deleteAttachment: (id: string) => remove(state, id),
});
