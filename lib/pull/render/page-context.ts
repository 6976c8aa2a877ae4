import type { BodySettings } from '../../rendering/convert-context.js';
import type { Surroundings } from '../../rendering/surroundings.js';
import type { MirrorRun } from './mirror-run.js';

/** What is the same for all bodies of a pull. */
export const bodySettings = ({ options, layout }: Pick<MirrorRun, 'options' | 'layout'>): BodySettings => {
  const { baseUrl, key } = layout.inventory.space;
  return { flavor: options.flavor, baseUrl, spaceKey: key };
};

/** What the body of a page may ask of the mirror; with the storage format of pages, by their ids, it may include those. */
export const surroundingsOf = (
  { people, layout: { links } }: Pick<MirrorRun, 'people' | 'layout'>,
  pageId: string,
  sources?: ReadonlyMap<string, string>,
): Surroundings => ({
  targetOf: (reference) => links.resolve(reference, pageId),
  nameOf: people.nameOf,
  childrenOf: (page) => links.childrenOf(pageId, page),
  labelled: (condition) => links.labelled(pageId, condition),
  attachments: () => links.attachmentsOf(pageId),
  ...(sources && { sourceOf: (page) => sources.get(links.pageFor(page)?.id ?? '') }),
});
