// The documents of a mirror in a full-text index, which is brought up to date before each search:
//   rxsync pull wiki && node examples/full-text-search.js rotate credentials
// The index is one file (INDEX, index.json): take MiniSearch, Meilisearch or a store of vectors in its place. What is asked for is the
// same: upserts and deletes since the run that the index has taken last.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { documents } from 'rxsync';

const { MIRROR = 'wiki', INDEX = 'index.json' } = process.env;

/** What the index holds, and the run that it has taken last; nothing at first. */
const open = async () => {
  try {
    const { run, entries } = JSON.parse(await readFile(INDEX, 'utf8'));
    return { run, entries: new Map(entries) };
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return { run: undefined, entries: new Map() };
  }
};

/** Takes what has changed; without its last line nothing of it counts. */
const update = async ({ run, entries }) => {
  for await (const line of documents(MIRROR, { since: run })) {
    if (line.op === 'upsert') entries.set(line.id, line);
    else if (line.op === 'delete') entries.delete(line.id);
    else {
      console.error(`${line.upserts} changed, ${line.deletes} gone, ${entries.size} in all`);
      await writeFile(`${INDEX}.new`, JSON.stringify({ run: line.run, entries: [...entries] }));
      await rename(`${INDEX}.new`, INDEX);
    }
  }
  return entries;
};

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Documents by how often the words stand in them, in a title or heading ten times as much; rare words count more. */
const search = (entries, words) => {
  const counted = [...entries.values()].map((entry) => {
    const [head, body] = [wordsOf([entry.title, ...entry.headings].join(' ')), wordsOf(entry.text)];
    const times = (list, word) => list.filter((each) => each === word).length;
    return { entry, counts: words.map((word) => 10 * times(head, word) + times(body, word)) };
  });
  const rarity = words.map((_, at) =>
    Math.log(1 + counted.length / counted.filter(({ counts }) => counts[at] > 0).length),
  );
  return counted
    .map(({ entry, counts }) => ({
      entry,
      score: counts.reduce((sum, count, at) => sum + (count && Math.log1p(count) * rarity[at]), 0),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
};

const entries = await update(await open());
for (const { entry, score } of search(entries, wordsOf(process.argv.slice(2).join(' '))).slice(0, 10))
  console.log(`${score.toFixed(1)}  ${[entry.title, ...entry.headings].join(' > ')}  ${entry.url}`);
