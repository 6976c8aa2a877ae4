import {
  type Observable,
  catchError,
  concat,
  concatAll,
  defer,
  endWith,
  ignoreElements,
  of,
  tap,
} from 'rxjs';
import { conversionBytes, includedPages } from '../../convert/index.js';
import type { ListedPage, PageWithBody } from '../../core/content.js';
import { includesIn } from '../../core/link-state.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { fits } from '../render/converting.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { failed$ } from '../run/failure.js';
import type { Step } from '../run/step.js';
import { fetchSources$ } from './fetch-sources.js';

/** What a page includes, as far as it is at hand. */
export interface PageSources {
  /** Storage format by id; absent where nothing is ever included. */
  readonly texts?: ReadonlyMap<string, string>;
  /** Bytes of memory that it may take to convert them. */
  readonly bytes: number;
}

type Found = ReadonlyMap<string, PageWithBody>;
type SourcesOf = (page: PageWithBody) => PageSources;

/** A page with the pages of the mirror that its body includes, as often as it does. */
interface Including {
  readonly planned: PlannedPage;
  readonly sources: readonly ListedPage[];
}

/** Distinct sources that are held at the same time; what a single page includes counts as one. */
const GROUP = 50;

/** What a body includes, of the mirror. One that is too large for that, or that cannot be read, fails when it is rendered. */
const sourcesIn = (run: MirrorRun, { body = '' }: PageWithBody): readonly ListedPage[] => {
  if (!fits(run, [body], 'markdown')) return [];
  try {
    return includedPages(body).flatMap((page) => run.layout.links.pageFor(page) ?? []);
  } catch {
    return [];
  }
};

/** Groups of pages that include few different ones together. */
const inGroups = (including: readonly Including[]): readonly (readonly Including[])[] => {
  const groups: Including[][] = [];
  let ids = new Set<string>();
  for (const each of including) {
    const wider = new Set([...ids, ...each.sources.map(({ id }) => id)]);
    const group = groups.at(-1);
    if (group === undefined || (ids.size > 0 && wider.size > GROUP)) {
      groups.push([each]);
      ids = new Set(each.sources.map(({ id }) => id));
    } else {
      group.push(each);
      ids = wider;
    }
  }
  return groups;
};

/** Of the texts at hand what fits into the memory that a page gets, beside its own body. */
const choose = (
  { shares }: MirrorRun,
  body: string,
  sources: readonly ListedPage[],
  atHand: ReadonlyMap<string, string>,
): PageSources => {
  const counts = new Map<string, number>();
  for (const { id } of sources) counts.set(id, (counts.get(id) ?? 0) + 1);
  const texts = new Map<string, string>();
  let bytes = 0;
  for (const [id, count] of counts) {
    const text = atHand.get(id);
    if (text === undefined) continue;
    const more = count * conversionBytes(text);
    if (conversionBytes(body) + bytes + more > shares.page) continue;
    bytes += more;
    texts.set(id, text);
  }
  return { texts, bytes };
};

/** The text of a page that came in the same batch, or that was included before. */
const knownText = (run: MirrorRun, found: Found, id: string): string | undefined => {
  const page = found.get(id);
  return (page?.isSubstitute === true ? undefined : page?.body) ?? run.sources.textOf(id);
};

const withGroup$ = (
  run: MirrorRun,
  group: readonly Including[],
  found: Found,
  work$: (some: readonly PlannedPage[], sourcesOf: SourcesOf) => Observable<Step>,
): Observable<Step> =>
  defer(() => {
    const texts = new Map<string, string>();
    const wanted = new Map<string, ListedPage>();
    const keep = (id: string, text: string): void => {
      texts.set(id, text);
      run.sources.keep(id, text);
    };
    for (const source of group.flatMap(({ sources }) => sources)) {
      const { id } = source;
      const text = texts.get(id) ?? knownText(run, found, id);
      if (text !== undefined) keep(id, text);
      else if (run.sources.lossOf(id) === undefined) wanted.set(id, source);
    }
    const sourcesById = new Map(group.map(({ planned, sources }) => [planned.page.id, sources]));
    const planned = group.map((each) => each.planned);
    return fetchSources$(run, [...wanted.values()]).pipe(
      tap(({ id, body = '' }) => keep(id, body)),
      ignoreElements(),
      endWith(
        defer(() =>
          work$(planned, ({ id, body = '' }) => choose(run, body, sourcesById.get(id) ?? [], texts)),
        ),
      ),
      catchError((error: unknown) =>
        of(
          failed$(
            run,
            planned.map(({ page }) => page),
            error,
          ),
        ),
      ),
      concatAll(),
    );
  });

/**
 * Does `work$` for planned pages that were found, once the texts are at hand that they include: for those that include
 * nothing at once, for the others in groups. What cannot be had is not among the texts.
 */
export const withSources$ = (
  run: MirrorRun,
  batch: readonly PlannedPage[],
  found: Found,
  work$: (some: readonly PlannedPage[], sourcesOf: SourcesOf) => Observable<Step>,
): Observable<Step> => {
  if (run.options.format !== 'markdown') return work$(batch, () => ({ bytes: 0 }));
  const plain: PlannedPage[] = [];
  const including: Including[] = [];
  for (const planned of batch) {
    const page = found.get(planned.page.id);
    const sources = page === undefined ? [] : sourcesIn(run, page);
    if (sources.length === 0) plain.push(planned);
    else including.push({ planned, sources });
  }
  const nothing = new Map<string, string>();
  return concat(
    work$(plain, () => ({ texts: nothing, bytes: 0 })),
    ...inGroups(including).map((group) => withGroup$(run, group, found, work$)),
  );
};

/** Says of a page which of the pages that it includes stand as links, as their texts are not at hand; whether there are any. */
export const tellLackingSources = (
  run: MirrorRun,
  { page: { kind, id, title } }: PlannedPage,
  references: readonly string[],
  { texts }: PageSources,
): boolean => {
  const included = includesIn(references).flatMap((page) => run.layout.links.pageFor(page) ?? []);
  const lacking = included.filter((source) => texts?.has(source.id) !== true);
  for (const source of lacking)
    run.notify({
      type: 'warning',
      code: 'missing-source',
      message: `The ${kind} ${id} "${title}" includes the ${source.kind} ${source.id} "${source.title}": a link stands for it, and the next pull tries again. ${run.sources.lossOf(source.id) ?? 'It is too large to be converted together with the page.'}`,
    });
  return lacking.length > 0;
};
