import { z } from 'zod';
import { withPlacement, renderFrontMatter, splitFrontMatter } from '../../core/front-matter.js';
import { bodyPath, metaPath } from '../../core/page-paths.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import type { ItemRecord } from '../../core/records.js';
import { pageAddress } from '../../core/view-address.js';
import { reweave } from '../../core/woven-text.js';
import type { MirrorRun } from './mirror-run.js';
import type { RenderedPage } from './render-page.js';

const placementOf = ({ layout }: MirrorRun, { page }: PlannedPage) => ({
  // Search results do not tell the author.
  ...(page.authorId !== undefined && { author: layout.authorOf(page.authorId) }),
  ...(page.createdAt !== undefined && { created: page.createdAt }),
  ...(page.updatedAt !== undefined && { updated: page.updatedAt }),
  ...(page.webui !== undefined && { url: pageAddress(layout.inventory.space.baseUrl, page) }),
  ...(page.parentId !== undefined && { parent: page.parentId }),
  ...(page.labels && { labels: page.labels }),
});

/**
 * The files of a page at its new place, made of those that it has: other hrefs, other front matter, the same text. They
 * are what {@link renderPage} would make of the same body.
 */
export const rewritePage = (
  run: MirrorRun,
  planned: PlannedPage,
  record: ItemRecord,
  contents: readonly string[],
): RenderedPage => {
  const { options, layout } = run;
  const { references = [], spans = [] } = record;
  const [body = '', meta = ''] = contents;
  const path = bodyPath(planned.base, options.format);
  const placement = placementOf(run, planned);
  if (options.format !== 'markdown') {
    const matter = withPlacement(z.unknown().parse(JSON.parse(meta)), placement);
    const files = [
      { path, content: body },
      { path: metaPath(planned.base), content: `${JSON.stringify(matter, null, 2)}\n` },
    ];
    return { files, references, spans };
  }
  const { matter, text } = splitFrontMatter(body);
  const woven = reweave({ text, spans }, (index) => layout.hrefOf(references[index] ?? '', planned.page.id));
  const content = renderFrontMatter(withPlacement(matter, placement, options.flavor)) + woven.text;
  return { files: [{ path, content }], references, spans: woven.spans };
};
