import type { Reference } from '../reference.js';

/** A link to the wiki, read: what it points to and the anchor on it. */
interface WikiLink {
  readonly reference: Reference;
  readonly anchor?: string | undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;
type Reader = (groups: Groups) => Reference | undefined;

const DIGITS = /^\d+$/;

/** Percent-decoded; malformed escapes stay as they are. */
export function decodePercent(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const decodeTitle = (text: string | undefined): string | undefined =>
  decodePercent(text?.replaceAll('+', ' '));

const pageById: Reader = ({ id }) => (id === undefined ? undefined : { kind: 'page-id', id });

const pageByTitle = (spaceKey: string | undefined, title: string | undefined): Reference | undefined => {
  if (title === undefined) return spaceKey === undefined ? undefined : { kind: 'space', key: spaceKey };
  return spaceKey === undefined ? { kind: 'page', title } : { kind: 'page', title, spaceKey };
};

const blogpost: Reader = ({ key, day, title }) => {
  const name = decodeTitle(title);
  const spaceKey = decodePercent(key);
  if (name === undefined || spaceKey === undefined || day === undefined) return undefined;
  return { kind: 'blogpost', title: name, spaceKey, postingDay: day };
};

const attachment: Reader = ({ id, name }) => {
  const filename = decodeTitle(name);
  if (id === undefined || filename === undefined) return undefined;
  return { kind: 'attachment', filename, page: { kind: 'page-id', id } };
};

const space: Reader = ({ key }) => pageByTitle(decodePercent(key), undefined);

/** Paths below the wiki's base address, most specific first. */
const PATHS: readonly (readonly [RegExp, Reader])[] = [
  [/^\/spaces\/[^/]+\/blog\/\d+\/\d+\/\d+\/(?<id>\d+)(?:\/|$)/, pageById],
  [
    /^\/spaces\/[^/]+\/(?:pages|blog|whiteboard|database|folder|embed)\/(?:edit(?:-v2)?\/)?(?<id>\d+)(?:\/|$)/,
    pageById,
  ],
  [/^\/pages\/(?<id>\d+)(?:\/|$)/, pageById],
  [/^\/spaces\/(?<key>[^/]+)(?:\/overview|\/pages)?\/?$/, space],
  [/^\/display\/(?<key>[^/]+)\/(?<day>\d{4}\/\d{2}\/\d{2})\/(?<title>[^/]+)\/?$/, blogpost],
  [
    /^\/display\/(?<key>[^/]+)\/(?<title>[^/]+)\/?$/,
    ({ key, title }) => pageByTitle(decodePercent(key), decodeTitle(title)),
  ],
  [/^\/display\/(?<key>[^/]+)\/?$/, space],
  [/^\/download\/(?:attachments|thumbnails)\/(?<id>\d+)\/(?<name>[^/]+)$/, attachment],
  [
    /^(?<path>\/x\/[\w-]+)\/?$/,
    ({ path }) => (path === undefined ? undefined : { kind: 'short-link', path }),
  ],
];

function fromQuery(path: string, query: string): Reference | undefined {
  if (!path.startsWith('/pages/') && !path.startsWith('/spaces/')) return undefined;
  const parameters = new URLSearchParams(query);
  const id = parameters.get('pageId') ?? parameters.get('homepageId');
  if (id !== null && DIGITS.test(id)) return { kind: 'page-id', id };
  const title = parameters.get('title');
  return title === null ? undefined : pageByTitle(parameters.get('spaceKey') ?? undefined, title);
}

function fromPath(path: string): Reference | undefined {
  for (const [pattern, read] of PATHS) {
    const groups = pattern.exec(path)?.groups;
    if (groups !== undefined) return read(groups);
  }
  return undefined;
}

const HOST = /^(?:https?:)?\/\/([^/?#]*)/i;

/** The path of an address on the wiki's host, below the wiki itself; `undefined` for an address elsewhere. */
function belowBase(href: string, baseUrl: string | undefined): string | undefined {
  const [start = '', host = ''] = HOST.exec(href) ?? [];
  const [, ownHost] = HOST.exec(baseUrl ?? '') ?? [];
  if (start !== '' && host.toLowerCase() !== ownHost?.toLowerCase()) return undefined;
  return href.slice(start.length).replace(/^\/wiki(?=\/)/, '');
}

/** Reads an address on the wiki, absolute or starting at its host's root; `undefined` for any other. */
export function readWikiLink(href: string, baseUrl: string | undefined): WikiLink | undefined {
  const below = belowBase(href.trim(), baseUrl);
  if (below === undefined) return undefined;
  const [address = '', fragment] = below.split('#', 2);
  const [path = '', query = ''] = address.split('?', 2);
  const reference = fromQuery(path, query) ?? fromPath(path);
  return reference === undefined ? undefined : { reference, anchor: decodePercent(fragment) };
}

/** Where the address of a page tells its title, for readers. */
const TITLE = /^\/spaces\/[^/]+\/(?:pages|blog\/\d+\/\d+\/\d+)\/\d+\/(?<title>[^/?#]+)/;

/** The title of a page as its address on the wiki tells it, without some of its punctuation. */
export const titleInUrl = (href: string, baseUrl: string | undefined): string | undefined =>
  decodeTitle(TITLE.exec(belowBase(href.trim(), baseUrl) ?? '')?.groups?.title);
