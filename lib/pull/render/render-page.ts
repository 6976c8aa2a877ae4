import { convert } from '../../convert/index.js';
import type { Format, PageWithBody } from '../../core/content.js';
import { frontMatter, renderFrontMatter } from '../../core/front-matter.js';
import { bodyPath, metaPath } from '../../core/page-paths.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { encodeDependency } from '../../core/link-state.js';
import type { HrefSpan } from '../../core/records.js';
import type { MirrorRun } from './mirror-run.js';
import { convertContext } from './convert-context.js';
import { converting, fits } from './converting.js';

export interface RenderedPage {
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** What the files depend on beside the body, as recorded with the page. */
  readonly references: readonly string[];
  /** Where the links to mirrored files stand in the text. */
  readonly spans: readonly HrefSpan[];
  /** The text was too large to be looked through for references. @default false */
  readonly isUnread?: boolean;
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const reformat = (adf: string): string => {
  try {
    return asJson(JSON.parse(adf));
  } catch {
    return adf;
  }
};

/** The media files that an ADF document shows. */
const mediaIds = (adf: string): string[] =>
  [...adf.matchAll(/"type":"(?:media|mediaInline)"[^{}]*"attrs":\{[^{}]*"id":"([^"]+)"/g)].flatMap(
    ([, id]) => id ?? [],
  );

const RAW: Readonly<Record<Exclude<Format, 'markdown'>, (body: string) => string>> = {
  storage: (body) => body,
  adf: reformat,
};

/** The files of a page or blog post, by the format that is asked for. */
export const renderPage = (
  run: MirrorRun,
  { base, page: listed }: PlannedPage,
  page: PageWithBody,
): RenderedPage => {
  const { options, layout } = run;
  const { key: spaceKey, baseUrl } = layout.inventory.space;
  const labels = listed.labels;
  const author = layout.authorOf(page.authorId);
  const matterContext = { spaceKey, baseUrl, author, ...(labels && { labels }) };
  const { context, references, weave } = convertContext(run, page.id);
  const path = bodyPath(base, options.format);
  const { body = '' } = page;
  const conversion = () => converting(run, `Page ${page.id}`, [body], () => convert(body, context));
  if (options.format === 'markdown') {
    const { markdown, properties } = conversion();
    const { text, spans } = weave(markdown);
    const matter = frontMatter(page, { ...matterContext, properties, flavor: options.flavor });
    return { files: [{ path, content: renderFrontMatter(matter) + text }], references: references(), spans };
  }
  const written = [
    { path, content: RAW[options.format](body) },
    { path: metaPath(base), content: asJson(frontMatter(page, matterContext)) },
  ];
  if (options.format === 'adf') {
    const media = options.attachments === 'referenced' ? mediaIds(body) : [];
    const files = media.map((fileId) => encodeDependency({ kind: 'attachment-file', fileId }));
    return { files: written, references: files, spans: [] };
  }
  if (!fits(run, [body], options.format))
    return { files: written, references: [], spans: [], isUnread: true };
  // The storage format names pages by their titles: what it refers to is what the converter asks for.
  conversion();
  return { files: written, references: references(), spans: [] };
};
