import { parseBody } from '../../convert/index.js';
import type { Format, PageWithBody } from '../../core/content.js';
import { frontMatter } from '../../core/front-matter.js';
import { bodyPath, metaPath } from '../../core/page-paths.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { encodeDependency } from '../../core/link-state.js';
import type { MirrorRun } from './mirror-run.js';

import { converting, fits } from './converting.js';
import { readText, type RenderedText, type TextJob, type TextLinks } from '../../rendering/render-text.js';
import { bodySettings, surroundingsOf } from './page-context.js';

export interface RenderedPage extends TextLinks {
  readonly files: readonly { readonly path: string; readonly content: string }[];
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

/** What the Markdown of a page is made of. */
export const textJob = (run: MirrorRun, { page: { labels } }: PlannedPage, page: PageWithBody): TextJob => ({
  ...bodySettings(run),
  page,
  author: run.layout.authorOf(page.authorId),
  ...(labels && { labels }),
});

/** The files of a page or blog post, by the format that is asked for. `sources`: what it may include, by ids of pages. */
export const renderPage = (
  run: MirrorRun,
  planned: PlannedPage,
  page: PageWithBody,
  sources?: ReadonlyMap<string, string>,
): RenderedPage => {
  const { options } = run;
  const { body = '' } = page;
  const path = bodyPath(planned.base, options.format);
  const job = textJob(run, planned, page);
  const asText = (): RenderedText =>
    converting(run, `Page ${page.id}`, [body], () =>
      readText(parseBody(body), job, surroundingsOf(run, page.id, sources))(),
    );
  if (options.format === 'markdown') {
    const { content, ...links } = asText();
    return { files: [{ path, content }], ...links };
  }
  const { spaceKey, baseUrl, author, labels } = job;
  const matter = frontMatter(page, { spaceKey, baseUrl, author, ...(labels && { labels }) });
  const written = [
    { path, content: RAW[options.format](body) },
    { path: metaPath(planned.base), content: asJson(matter) },
  ];
  if (options.format === 'adf') {
    const media = options.attachments === 'referenced' ? mediaIds(body) : [];
    const files = media.map((fileId) => encodeDependency({ kind: 'attachment-file', fileId }));
    return { files: written, references: files, spans: [] };
  }
  if (!fits(run, [body], options.format))
    return { files: written, references: [], spans: [], isUnread: true };
  // The storage format names pages by their titles: what it refers to is what the converter asks for.
  return { files: written, references: asText().references, spans: [] };
};
