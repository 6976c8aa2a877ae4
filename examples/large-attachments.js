// Only the attachments of a space that have at least so many bytes, into a folder:
//   SPACE=DOCS MIN_BYTES=1000000 DIR=files node examples/large-attachments.js
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BehaviorSubject, filter, mergeMap } from 'rxjs';
import { createWiki } from 'rxsync';

const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken } = process.env;
const { SPACE = 'DOCS', MIN_BYTES = '1000000', DIR = 'files' } = process.env;

const wiki = createWiki({ url, credentials: { email, apiToken } });
const demand = new BehaviorSubject(true);

/** Titles may be anything; a file appears once it is whole. */
const save = async ({ attachment: { id, title }, stream }) => {
  const file = path.join(DIR, `${id}-${title.replaceAll(/[^\p{L}\p{N}.-]+/gu, '_')}`);
  await pipeline(stream, createWriteStream(`${file}.part`));
  await rename(`${file}.part`, file);
  return file;
};

await mkdir(DIR, { recursive: true });
wiki
  .listAttachments$(SPACE, { demand$: demand })
  .pipe(
    mergeMap(({ items, gaps = [] }) => {
      for (const { message } of gaps) console.error(`Not all attachments are listed: ${message}`);
      if (gaps.length > 0) process.exitCode = 3;
      return items;
    }),
    filter(({ sizeBytes = 0 }) => sizeBytes >= Number(MIN_BYTES)),
    wiki.downloadAttachments(save, { demand }),
  )
  .subscribe({
    next: (result) => {
      if (result.status === 'fulfilled') {
        console.log(result.value.attachment.sizeBytes, result.value.value);
        return;
      }
      console.error(`${result.input.title}: ${result.reason.message}`);
      process.exitCode = 3;
    },
    error: (error) => {
      console.error(error.message, error.hint ?? '');
      process.exitCode = error.exitCode ?? 1;
    },
  });
