// A store of one's own: a mirror that is nowhere but in memory. `pull$(options, memoryMirror().edges)` writes to it.
import { hash } from 'node:crypto';
import { MediaError, RecordTable, memoryRows, recordKey } from 'rxsync';

const stampOf = (path, content) => ({ path, bytes: content.length, hash: hash('sha256', content) });
const nothing = () => Promise.resolve();
export const memoryMirror = () => {
  /** By path, `key` that of the item. @type {Map<string, { key: string, content: Buffer }>} */
  const files = new Map();
  const staged = new Map();
  const records = new RecordTable(memoryRows());
  /** @type {{ state: import('rxsync').ReadState, names: Map<string, string>, layoutDigest?: string }} */
  let kept = { state: { kind: 'none' }, names: new Map() };
  const keep = (change) => void (kept = { ...kept, ...change });
  const place = (key, path, content) => files.set(path, { key, content }) && stampOf(path, content);
  const shift = (from, to, path) => from.has(path) && to.set(path, from.get(path)) && from.delete(path);
  const removeFiles = ({ kind, id }, stay = []) => {
    const key = recordKey(kind, id);
    for (const { path } of records.get(key)?.files ?? [])
      if (files.get(path)?.key === key && !stay.some((file) => file.path === path)) files.delete(path);
  };
  const store = {
    records,
    draft: async (_path, text) => ({ content: Buffer.from(text) }),
    publish: async (key, path, { content }) => place(key, path, content),
    writeText: async (key, path, text) => place(key, path, Buffer.from(text)),
    writeStream: async (key, path, stream, expected) => {
      const content = Buffer.concat(await stream.toArray());
      if (content.length === (expected ?? content.length)) return place(key, path, content);
      throw new MediaError('media-length', `${content.length} bytes came, not ${expected}.`);
    },
    makeDirectory: nothing,
    isOwn: (path) => files.has(path),
    stage: async ({ path }) => void shift(files, staged, path),
    unstage: async ({ path }) => void (files.has(path) || shift(staged, files, path)),
    readText: async ({ path }) => (staged.get(path) ?? files.get(path))?.content.toString(),
    moveFile: async (key, { path }, target) => {
      const file = staged.get(path) ?? files.get(path);
      [staged, files].find((each) => each.delete(path));
      return file && place(key, target, file.content);
    },
    put: async (record) => {
      removeFiles(record, record.files);
      await records.put(0, record);
    },
    remove: async (record) => {
      removeFiles(record);
      await records.remove(recordKey(record.kind, record.id));
    },
    noteLayout: (layoutDigest) => keep({ layoutDigest }),
    checkpoint: async (state) => keep({ state: { kind: 'read', state } }),
  };
  const open = async (_dir, { onOutline } = {}) => {
    for await (const some of records.outlines()) for (const { outline } of some) onOutline?.(outline);
    const rest = { unsound: new Set(), openScratch: async () => memoryRows(), close: nothing };
    return { ...kept, ...rest, records, store, saveNames: async (names) => keep({ names }) };
  };
  const readState = async () => kept.state;
  return { files, edges: { openMirror: open, readMirror: open, readState, saveRun: nothing } };
};
