import { cp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Prng } from '../../lib/sandbox/data/prng.js';

/** Mirrors whose `.rxsync` damage may take things from. */
export interface Donors {
  /** The same mirror at an earlier time. */
  readonly older: string;
  /** A mirror of something else. */
  readonly foreign: string;
}

const OWN = '.rxsync';

/** The files of the databases, and the seal, relative to `.rxsync`. */
const storeFiles = async (dir: string): Promise<string[]> => {
  const entries = await readdir(path.join(dir, OWN), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(dir, OWN), path.join(entry.parentPath, entry.name)))
    .filter((name) => name.startsWith('store-') && !/LOCK$|LOG(?:\.old)?$/.test(name))
    .sort();
};

type Damage = (dir: string, random: Prng, donors: Donors) => Promise<string>;

const pickFile = async (dir: string, random: Prng): Promise<string> => random.pick(await storeFiles(dir));

const edit = async (file: string, change: (content: Buffer) => Buffer): Promise<void> =>
  writeFile(file, change(await readFile(file)));

const flip: Damage = async (dir, random) => {
  const name = await pickFile(dir, random);
  const file = path.join(dir, OWN, name);
  const { size } = await stat(file);
  if (size === 0) return `nothing to flip in ${name}`;
  const offset = random.int(size);
  await edit(file, (content) => {
    content.writeUInt8(content.readUInt8(offset) ^ (1 << random.int(8)), offset);
    return content;
  });
  return `bit flipped at ${offset} of ${name}`;
};

const cut: Damage = async (dir, random) => {
  const name = await pickFile(dir, random);
  const file = path.join(dir, OWN, name);
  const { size } = await stat(file);
  const length = random.int(size + 1);
  await truncate(file, length);
  return `${name} cut to ${length} of ${size}`;
};

const wipe: Damage = async (dir, random) => {
  const name = await pickFile(dir, random);
  await edit(path.join(dir, OWN, name), (content) => {
    const from = random.int(content.length + 1);
    return content.fill(0, from, Math.min(content.length, from + 1 + random.int(4096)));
  });
  return `zeros in ${name}`;
};

const append: Damage = async (dir, random) => {
  const name = await pickFile(dir, random);
  await edit(path.join(dir, OWN, name), (content) => Buffer.concat([content, content.subarray(0, 100)]));
  return `more at the end of ${name}`;
};

const remove: Damage = async (dir, random) => {
  const name = await pickFile(dir, random);
  await rm(path.join(dir, OWN, name));
  return `${name} gone`;
};

const swap: Damage = async (dir, random) => {
  const [a, b] = [await pickFile(dir, random), await pickFile(dir, random)];
  const content = await readFile(path.join(dir, OWN, a));
  await writeFile(path.join(dir, OWN, a), await readFile(path.join(dir, OWN, b)));
  await writeFile(path.join(dir, OWN, b), content);
  return `${a} and ${b} swapped`;
};

const take =
  (which: keyof Donors): Damage =>
  async (dir, random, donors) => {
    const name = await pickFile(donors[which], random);
    await cp(path.join(donors[which], OWN, name), path.join(dir, OWN, name)).catch(() => undefined);
    return `${name} of the ${which} one`;
  };

const takeTable =
  (which: keyof Donors): Damage =>
  async (dir, random, donors) => {
    const name = random.pick(['store-1/records', 'store-1/files']);
    await rm(path.join(dir, OWN, name), { recursive: true });
    await cp(path.join(donors[which], OWN, name), path.join(dir, OWN, name), { recursive: true });
    return `all ${name} of the ${which} one`;
  };

const removeTable: Damage = async (dir, random) => {
  const name = random.pick(['store-1/records', 'store-1/files', 'store-1']);
  await rm(path.join(dir, OWN, name), { recursive: true });
  return `all ${name} gone`;
};

const takeStore =
  (which: keyof Donors): Damage =>
  async (dir, _random, donors) => {
    await rm(path.join(dir, OWN, 'store-1'), { recursive: true });
    await cp(path.join(donors[which], OWN, 'store-1'), path.join(dir, OWN, 'store-1'), { recursive: true });
    return `the whole store of the ${which} one`;
  };

/** By how often. */
const DAMAGES: readonly Damage[] = [
  flip,
  flip,
  flip,
  flip,
  cut,
  cut,
  wipe,
  append,
  remove,
  swap,
  take('older'),
  take('foreign'),
  takeTable('older'),
  takeTable('foreign'),
];

/** What leaves nothing else to be damaged. */
const WHOLE: readonly Damage[] = [removeTable, takeStore('older'), takeStore('foreign')];

/** Damages the records of a mirror at random, in one to three ways; tells how. */
export const damageStore = async (dir: string, random: Prng, donors: Donors): Promise<readonly string[]> => {
  if (random.chance(0.1)) return [await random.pick(WHOLE)(dir, random, donors)];
  const told: string[] = [];
  for (let n = 1 + random.int(3); n > 0; n -= 1)
    told.push(
      await random
        .pick(DAMAGES)(dir, random, donors)
        .catch((error: unknown) => String(error)),
    );
  return told;
};
