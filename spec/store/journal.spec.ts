import { appendFile, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { StoreError } from '../../lib/errors/store-error.js';
import { type FileStamp, type ItemRecord, recordKey } from '../../lib/core/records.js';
import { Journal, type JournalContent, compactJournal, readJournal } from '../../lib/store/journal.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const newFile = async () => path.join(await newDirectory(), 'records.ndjson');

const stamp = (name: string): FileStamp => ({ path: name, bytes: 1, hash: 'h' });
const record = (id: string, version = 1): ItemRecord => ({
  kind: 'page',
  id,
  version,
  fingerprint: 'f',
  files: [stamp(`${id}.md`)],
});

const write = async (file: string, use: (journal: Journal) => void, isClean = false): Promise<void> => {
  const journal = await Journal.open(file);
  use(journal);
  if (isClean) journal.markClean();
  await journal.close();
};

test('a missing journal is empty', async () => {
  expect(await readJournal(await newFile())).toMatchObject({ records: new Map(), damagedLines: 0, lines: 0 });
});

test('a record comes back with all its fields, whatever its texts', async () => {
  const file = await newFile();
  const full: ItemRecord = {
    ...record('1'),
    directory: 'a',
    references: ['"quoted"', 'two\nlines', '\u2028\u2029\u0085', '\u009b', '😀'],
  };
  await write(file, (journal) => journal.put(full));
  expect((await readJournal(file)).records.get('page:1')).toEqual(full);
});

test('the last word counts', async () => {
  const file = await newFile();
  await write(file, (journal) => {
    journal.put(record('1'));
    journal.put(record('2'));
    journal.put(record('1', 2));
    journal.remove('page:2');
  });
  const { records, lines } = await readJournal(file);
  expect([...records.values()]).toEqual([record('1', 2)]);
  expect(lines).toBe(4);
});

test('what came before a clean end is sure, what came after it is not', async () => {
  const file = await newFile();
  await write(
    file,
    (journal) => {
      journal.will(stamp('1.md'));
      journal.put(record('1'));
    },
    true,
  );
  expect(await readJournal(file)).toMatchObject({ unsure: new Set(), intents: new Map() });
  await write(file, (journal) => {
    journal.will(stamp('2.md'));
    journal.put(record('2'));
  });
  expect(await readJournal(file)).toMatchObject({
    unsure: new Set(['page:2']),
    intents: new Map([['2.md', [stamp('2.md')]]]),
  });
});

describe('damage', () => {
  test('a torn last line loses only itself, and what is written next stands apart from it', async () => {
    const file = await newFile();
    await write(file, (journal) => journal.put(record('1')));
    await appendFile(file, '{"put":{"kind":"page","id":"2","ver');
    expect(await readJournal(file)).toMatchObject({ damagedLines: 1 });
    await write(file, (journal) => journal.put(record('3')));
    const { records, damagedLines } = await readJournal(file);
    expect([[...records.keys()], damagedLines]).toEqual([['page:1', 'page:3'], 1]);
  });

  test.each([
    'no json',
    '42',
    '{}',
    '{"put":{"kind":"page"}}',
    '{"put":{"kind":"spell","id":"1"}}',
    '\0\0\0',
  ])('the line %p is counted and passed over', async (line) => {
    const file = await newFile();
    await write(file, (journal) => journal.put(record('1')));
    await appendFile(file, `${line}\n`);
    await write(file, (journal) => journal.put(record('2')));
    const { records, damagedLines } = await readJournal(file);
    expect([[...records.keys()], damagedLines]).toEqual([['page:1', 'page:2'], 1]);
  });

  test('empty lines are no damage', async () => {
    const file = await newFile();
    await writeFile(file, '\n\n');
    expect(await readJournal(file)).toMatchObject({ damagedLines: 0, lines: 0 });
  });
});

test('each line is in the file when its call returns', async () => {
  const file = await newFile();
  const journal = await Journal.open(file);
  journal.put(record('1'));
  expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(2);
  await journal.close();
});

test('a closed journal takes nothing: its descriptor may be that of another file', async () => {
  const file = await newFile();
  const journal = await Journal.open(file);
  await journal.close();
  expect(() => journal.put(record('1'))).toThrow(StoreError);
  await expect(journal.close()).resolves.toBeUndefined();
});

type Operation = ['put', ItemRecord] | ['remove', string] | ['will', FileStamp] | ['clean'];

const id = fc.constantFrom('1', '2', '3', '4');
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.tuple(
    fc.constant('put' as const),
    fc.tuple(id, fc.nat(9)).map(([each, version]) => record(each, version)),
  ),
  fc.tuple(
    fc.constant('remove' as const),
    id.map((each) => recordKey('page', each)),
  ),
  fc.tuple(fc.constant('will' as const), id.map(stamp)),
  fc.tuple(fc.constant('clean' as const)),
);

const perform = (journal: Journal, [what, ...rest]: Operation): void => {
  const [value] = rest;
  if (what === 'clean') journal.markClean();
  else if (typeof value === 'string') journal.remove(value);
  else if (value !== undefined && 'kind' in value) journal.put(value);
  else if (value !== undefined) journal.will(value);
};

const sorted = ({ records, unsure, intents }: JournalContent) => ({
  records: [...records].sort(([a], [b]) => a.localeCompare(b)),
  unsure: [...unsure].sort(),
  intents: [...intents].sort(([a], [b]) => a.localeCompare(b)),
});

describe('for any sequence of changes', () => {
  test('reading gives what a map would hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 20 }), async (operations) => {
        const file = await newFile();
        const expected = new Map<string, ItemRecord>();
        for (const [what, value] of operations)
          if (what === 'put') expected.set(recordKey(value.kind, value.id), value);
          else if (what === 'remove') expected.delete(value);
        await write(file, (journal) => operations.forEach((each) => perform(journal, each)));
        expect((await readJournal(file)).records).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  test('compaction keeps all that the journal says, in as few lines as can be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 20 }), async (operations) => {
        const file = await newFile();
        await write(file, (journal) => operations.forEach((each) => perform(journal, each)));
        const before = await readJournal(file);
        await compactJournal(file, before);
        const after = await readJournal(file);
        expect(sorted(after)).toEqual(sorted(before));
        const intents = [...before.intents.values()].flat().length;
        expect(after.lines).toBe(before.records.size + intents + 1);
        expect(await readdir(path.dirname(file))).toEqual(['records.ndjson']);
      }),
      { numRuns: 50 },
    );
  });
});
