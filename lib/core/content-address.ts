/** A page or folder (whiteboard, database, embed) as it is named: by its id, or by its address. */
export interface NamedContent {
  readonly id: string;
  /** Absent where it is named by its id. */
  readonly address?: ContentAddress;
}

export interface ContentAddress {
  readonly href: string;
  readonly host: string;
  /** Absent where the address does not tell. */
  readonly spaceKey?: string;
}

/** `/spaces/KEY/pages/123/Title`, `/spaces/KEY/pages/edit-v2/123`, `/spaces/KEY/folder/123`. */
const IN_PATH =
  /\/spaces\/[^/]+\/(?:pages|folders?|whiteboards?|databases?|embeds?)\/(?:[a-z][\w-]*\/)*(\d+)(?:\/|$)/;
const SPACE = /\/spaces\/([^/]+)(?:\/|$)/;
/** `/pages/viewpage.action?pageId=123`, `/spaces/KEY/overview?homepageId=123`. */
const PARAMS = ['pageId', 'homepageId'] as const;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Reads an id, or the address of a page or folder as a browser shows it; undefined for anything else. */
export const parseContentAddress = (given: string): NamedContent | undefined => {
  const text = given.trim();
  if (/^\d+$/.test(text)) return { id: text };
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { pathname, searchParams, hostname: host } = new URL(text);
  const inQuery = PARAMS.map((name) => searchParams.get(name)).find((value) => value !== null);
  const id = IN_PATH.exec(pathname)?.[1] ?? inQuery;
  if (id === undefined || !/^\d+$/.test(id)) return undefined;
  const key = SPACE.exec(pathname)?.[1];
  return { id, address: { href: text, host, ...(key !== undefined && { spaceKey: decoded(key) }) } };
};
