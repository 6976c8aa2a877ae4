import { describe, expect, test } from '@jest/globals';
import type { Inventory, ListedComment, ListedPage } from '../../../lib/core/content.js';
import { encodeDependency } from '../../../lib/core/link-state.js';
import { layoutOf } from '../../../lib/pull/render/mirror-layout.js';
import type { PullOptions } from '../../../lib/pull/run/pull-options.js';
import { attachment, inventory, page } from '../../core/support/space.js';
import { useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const HOME = page('1', 'Home');
const PLAN = page('2', 'Plan', { parentId: '1', authorId: 'acct-1' });
const OTHER = page('3', 'Other', { parentId: '1' });
const FILE = attachment('att7', '2', 'a.png');
const TO_OTHER = encodeDependency({ kind: 'page', title: 'Other', spaceKey: 'DOC' });

interface Given {
  readonly pages?: readonly ListedPage[];
  readonly comments?: Inventory['comments'];
  readonly options?: Partial<PullOptions>;
  readonly names?: Readonly<Record<string, string>>;
}

const layout = ({ pages = [HOME, PLAN, OTHER], comments = [], options = {}, names = {} }: Given = {}) => {
  const { run } = newSearch({ options });
  const people = { ...run.people, nameOf: (id: string) => names[id] };
  return layoutOf({ ...run, people }, inventory({ homepageId: '1', attachments: [FILE], pages, comments }));
};

const comment = (id: string, more: Partial<ListedComment> = {}): ListedComment => ({
  id,
  pageId: '2',
  version: 1,
  resolution: undefined,
  ...more,
});

test('who made something is known by name, else by the id, else not at all', () => {
  const { authorOf } = layout({ names: { 'acct-1': 'Ada' } });
  expect([authorOf('acct-1'), authorOf('acct-2'), authorOf(undefined)]).toEqual(['Ada', 'acct-2', '']);
});

test('a page in Markdown is one file; in the wiki’s own formats meta data stands beside it', () => {
  const paths = (options: Partial<PullOptions>) => layout({ options }).bodyPaths({ base: 'plan' });
  expect(paths({})).toEqual(['plan.md']);
  expect(paths({ format: 'storage' })).toEqual(['plan.xhtml', 'plan.meta.json']);
  expect(paths({ format: 'adf' })).toEqual(['plan.adf.json', 'plan.meta.json']);
});

test('a reference leads to where its page is, and nowhere where there is none', () => {
  const { hrefOf } = layout();
  expect(hrefOf(TO_OTHER, '2')).toBe('other.md');
  expect(hrefOf(encodeDependency({ kind: 'page', title: 'Nowhere', spaceKey: 'DOC' }), '2')).toBe('');
});

test('attachments stand beside their page, none on a page that is not in the mirror', () => {
  const { attachmentsOn } = layout();
  expect(attachmentsOn('2').map(({ path }) => path)).toEqual(['plan.attachments/a.png']);
  expect([attachmentsOn('3'), attachmentsOn('99')]).toEqual([[], []]);
});

describe('the files of a page are told by a fingerprint, what only a new rendering can change by a shape', () => {
  const of = (given: Given = {}) => {
    const { pageFingerprint, pageShape, inventory: listed } = layout(given);
    const plan = listed.pages.find(({ id }) => id === '2') ?? PLAN;
    return { print: pageFingerprint(plan, [TO_OTHER]), shape: pageShape(plan, [TO_OTHER]) };
  };
  const moved = { ...OTHER, parentId: '2' };
  const pagesWith = (more: Partial<ListedPage>) => ({ pages: [HOME, { ...PLAN, ...more }, OTHER] });

  test('both stay as long as nothing that they show is otherwise', () => {
    expect(of()).toEqual(of());
    expect(of({ pages: [HOME, PLAN, { ...OTHER, version: 7 }] })).toEqual(of());
    expect(of(pagesWith({ version: 2 }))).toEqual(of());
    expect(of({ comments: [comment('70')] })).toEqual(of());
  });

  test.each<[string, Given]>([
    ['its place', pagesWith({ parentId: '3' })],
    ['its labels', pagesWith({ labels: ['red'] })],
    ['who made it', pagesWith({ authorId: 'acct-2' })],
    ['the name of who made it', { names: { 'acct-1': 'Ada' } }],
    ['where a page is that it leads to', { pages: [HOME, PLAN, moved] }],
  ])('%s needs no new rendering', (_, given) => {
    const { print, shape } = of(given);
    expect(print).not.toBe(of().print);
    expect(shape).toBe(of().shape);
  });

  test.each<[string, Given]>([
    ['its title', pagesWith({ title: 'Plans' })],
    ['the dialect', { options: { flavor: 'obsidian' } }],
    ['the format', { options: { format: 'storage' } }],
    ['that a page it leads to is not there any more', { pages: [HOME, PLAN] }],
  ])('%s does', (_, given) => {
    const { print, shape } = of(given);
    expect(print).not.toBe(of().print);
    expect(shape).not.toBe(of().shape);
  });

  test('the dialect is no matter of the wiki’s own formats, the markers of comments are', () => {
    const storage: Partial<PullOptions> = { format: 'storage' };
    expect(of({ options: { ...storage, flavor: 'obsidian' } })).toEqual(of({ options: storage }));
    const [one, two] = [comment('70'), comment('71')];
    const marked = of({ options: storage, comments: [one, two] });
    expect(marked.shape).not.toBe(of({ options: storage, comments: [one] }).shape);
    expect(of({ options: storage, comments: [two, one] })).toEqual(marked);
  });
});

describe('comments are told likewise', () => {
  const of = (
    comments: readonly ListedComment[] = [comment('70'), comment('71')],
    given: Given = {},
    more = {},
  ) => {
    const { commentsFingerprint, commentsShape } = layout(given);
    const planned = { page: PLAN, base: 'plan', comments, ...more };
    return { print: commentsFingerprint(planned, [TO_OTHER]), shape: commentsShape(planned, [TO_OTHER]) };
  };

  test('in whichever order they are listed', () => {
    expect(of([comment('71'), comment('70')])).toEqual(of());
  });

  test.each<[string, readonly ListedComment[], Given]>([
    ['one more', [comment('70'), comment('71'), comment('72')], {}],
    ['another one', [comment('70'), comment('72')], {}],
    ['another version', [comment('70'), comment('71', { version: 2 })], {}],
    ['one that was resolved', [comment('70'), comment('71', { resolution: 'resolved' })], {}],
    ['another dialect', [comment('70'), comment('71')], { options: { flavor: 'obsidian' } }],
    [
      'another format, in which their links lead elsewhere',
      [comment('70'), comment('71')],
      { options: { format: 'adf' } },
    ],
    ['a link that leads nowhere any more', [comment('70'), comment('71')], { pages: [HOME, PLAN] }],
  ])('%s needs a new rendering', (_, comments, given) => {
    const { print, shape } = of(comments, given);
    expect(print).not.toBe(of().print);
    expect(shape).not.toBe(of().shape);
  });

  test.each<[string, Given, object]>([
    ['another place', {}, { base: 'plans' }],
    ['another title of the page', {}, { page: { ...PLAN, title: 'Plans' } }],
    ['a link that leads elsewhere', { pages: [HOME, PLAN, { ...OTHER, parentId: '2' }] }, {}],
  ])('%s needs none', (_, given, more) => {
    const { print, shape } = of(undefined, given, more);
    expect(print).not.toBe(of().print);
    expect(shape).toBe(of().shape);
  });
});
