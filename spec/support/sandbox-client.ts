import { type Sandbox, type SandboxOptions, createSandbox } from '../../lib/sandbox/index.js';

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined when it is no JSON. */
  readonly json: unknown;
}

export interface Init {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A wiki for one test, with a client that is not the one under test. */
export interface OpenSandbox extends Sandbox {
  /** Sends a request with Basic credentials; redirects are not followed. */
  get(path: string, init?: Init): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  /** Reads a v2 or v1 listing to its end and returns the ids in the order of arrival, one list a page. */
  walk(path: string): Promise<readonly (readonly string[])[]>;
}

const SMALL: SandboxOptions = {
  pages: 60,
  folders: 8,
  attachments: 40,
  comments: 30,
  blogposts: 4,
  bodyKb: 1,
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The value at a path of names and indexes; undefined when there is none. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce(
    (here: unknown, name) =>
      typeof here === 'object' && here !== null ? Reflect.get(here, name) : undefined,
    value,
  );

/** The ids in `results` of an answer. */
export const idsOf = (answer: Answer): readonly string[] => {
  const results = at(answer.json, 'results');
  return Array.isArray(results)
    ? results.map((item) => String(at(item, 'id') ?? at(item, 'content', 'id')))
    : [];
};

/** Starts a small wiki; close it when the test ends. */
export const openSandbox = async (options: SandboxOptions = {}): Promise<OpenSandbox> => {
  const sandbox = await createSandbox({ ...SMALL, ...options });
  const { email, apiToken: token } = sandbox.credentials;
  const authorization = `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
  const send = async (path: string, init: Init): Promise<Answer> => {
    const url = path.startsWith('http') ? path : `${sandbox.url}${path}`;
    const response = await fetch(url, {
      redirect: 'manual',
      ...init,
      headers: { authorization, ...init.headers },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  };
  const get = (path: string, init: Init = {}): Promise<Answer> => send(path, init);
  return {
    ...sandbox,
    get,
    post: (path, body) =>
      send(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    walk: async (path) => {
      const pages: (readonly string[])[] = [];
      let next: string | undefined = path;
      while (next !== undefined) {
        const answer = await get(next);
        pages.push(idsOf(answer));
        const link = at(answer.json, '_links', 'next');
        next = typeof link === 'string' ? (link.startsWith('/wiki') ? link : `/wiki${link}`) : undefined;
      }
      return pages;
    },
  };
};
