import type { Fragments } from './fragments.js';
import { createPrng, hash32, itemAt } from './prng.js';
import { escapeXml } from './xml.js';

/** What a generated body mentions of the wiki around it. */
export interface BodyFacts {
  readonly id: string;
  readonly version: number;
  /** Pages to link to by title. */
  readonly linkedTitles: readonly string[];
  /** Pages to link to by address. */
  readonly linkedUrls: readonly string[];
  /** Names of files attached to the page. */
  readonly files: readonly string[];
  /** Inline comments that are anchored in the page. */
  readonly markers: readonly { readonly ref: string; readonly selection: string }[];
}

const pageLink = (title: string): string =>
  `<p>See <ac:link><ri:page ri:content-title="${escapeXml(title)}" ri:version-at-save="1" /></ac:link> and ` +
  `<ac:link ac:anchor="details"><ri:page ri:content-title="${escapeXml(title)}" />` +
  `<ac:link-body>the details</ac:link-body></ac:link>.</p>`;

const urlLink = (url: string): string =>
  `<p>Background: <a href="${escapeXml(url)}" data-card-appearance="inline">${escapeXml(url)}</a></p>`;

const fileUse = (name: string): string =>
  /\.(png|jpg|svg)$/i.test(name)
    ? `<ac:image ac:align="center" ac:width="640" ac:alt="a picture"><ri:attachment ri:filename="${escapeXml(name)}" ri:version-at-save="1" /></ac:image>`
    : `<p>File: <ac:link><ri:attachment ri:filename="${escapeXml(name)}" /><ac:plain-text-link-body><![CDATA[the file]]></ac:plain-text-link-body></ac:link></p>`;

const marked = (marker: BodyFacts['markers'][number]): string =>
  `<p>Open point: <ac:inline-comment-marker ac:ref="${marker.ref}">${escapeXml(marker.selection)}</ac:inline-comment-marker> needs a decision.</p>`;

/** What the links to details of other pages lead to. */
const ANCHOR =
  '<p><ac:structured-macro ac:name="anchor" ac:schema-version="1"><ac:parameter ac:name="">details</ac:parameter></ac:structured-macro>Details follow.</p>';

/** What a mention counts for, however long the name in it is: the rest of the text does not change with a rename. */
const MENTION_BYTES = 200;

/** Puts a body of about `bytes` bytes together in storage format. Depends on its arguments only. */
export const generateBody = (seed: number, fragments: Fragments, bytes: number, facts: BodyFacts): string => {
  const prng = createPrng(hash32(seed, 'body', facts.id));
  const parts = [
    `<p>Revision ${facts.version} of this page.</p>${ANCHOR}`,
    ...facts.linkedTitles.map(pageLink),
    ...facts.linkedUrls.map(urlLink),
    ...facts.files.map(fileUse),
    ...facts.markers.map(marked),
  ];
  let length = parts.length * MENTION_BYTES;
  for (let index = 0; length < bytes; index += 1) {
    const part =
      index % 5 === 0 ? prng.pick(fragments.headings) : itemAt(fragments.blocks, prng.int(1 << 16));
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
};
