import { performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { map, type Observable } from 'rxjs';
import type { ListedAttachment, Space } from '../core/content.js';
import { memoryShares } from '../core/memory-shares.js';
import { type Address, parseAddress, type AddressOptions } from './address.js';
import { authorization, type Credentials } from './authorization.js';
import { type Bodies, createBodies } from './bodies.js';
import { cloudId$ } from './cloud-id.js';
import { download$ } from './download.js';
import { doubting } from './doubt.js';
import type { Gate } from './gate.js';
import { isDataCenter$ } from './data-center.js';
import { createIdentity, type Identity } from './identity.js';
import { createListings, type Listings } from './listings.js';
import { createMedia, type MediaAnswer } from './media.js';
import { createPresence, type Presence } from './presence.js';
import { createSend } from './request.js';
import { createRedact } from './redact.js';
import { createSearch } from './search.js';
import { createTransport } from './transport.js';

/**
 * The reads of a Confluence Cloud wiki that a mirror needs, in bulk wherever the API has a bulk form. All Observables
 * are cold; unsubscribing aborts. Errors: `CredentialsError`, `MissingScopeError`, `HttpError`, `UnreachableError`,
 * `MalformedResponseError`, `MediaError`; of listings also `CursorLoopError`, `CursorRejectedError` and
 * `EndlessListingError`.
 */
export interface WikiClient extends Listings, Bodies, Presence {
  /** Whom the wiki takes us for, at this moment. */
  readonly identity$: () => Observable<Identity>;
  /** Whether the API of Data Center answers at the address: then it is no Cloud site. */
  readonly isDataCenter$: () => Observable<boolean>;
  /** The id by which the gateway knows the site, if the site tells. */
  readonly cloudId$: () => Observable<string | undefined>;
  /** Opens an attachment, hands its bytes to `sink` and emits what that resolves to. */
  readonly download$: <T>(
    attachment: ListedAttachment,
    sink: (answer: MediaAnswer) => Promise<T>,
  ) => Observable<T>;
}

export interface WikiClientOptions extends AddressOptions {
  readonly credentials: Credentials;
  /** Retries of one request after connection errors and 5xx. @default 4 */
  readonly maxRetries?: number;
  /** Longest silence of a connection; an answer may take ten times as long in all. @default 60_000 */
  readonly timeoutMs?: number;
  /** What an answer may weigh, in bytes. @default a share of the heap, at most 64 MB */
  readonly maxAnswerBytes?: number;
  /** PEM of certificate authorities beside those that Node knows. @default none */
  readonly ca?: string | undefined;
  /** Hosts beside `*.atlassian.com` that may serve attachments. @default none */
  readonly mediaHosts?: readonly string[];
  /** What every request passes. */
  readonly gate: Gate;
  /** @default `rxsync` */
  readonly userAgent?: string;
  /** @default Math.random */
  readonly random?: () => number;
  /** @default Date.now */
  readonly now?: () => number;
  /** How long this process has been busy since its start, in ms. @default what Node measures */
  readonly busyMs?: () => number;
}

/** More than any wiki takes in: an answer without end must not fill the disk. */
const MAX_FILE_BYTES = 10 * 1024 ** 3;

/**
 * A space without the address of another site: it would become the links of the mirror. Behind the gateway, and on this
 * machine, the site has another name than the address.
 */
const withOwnSite = (space: Space, { origin, isGateway, isLoopback }: Address): Space =>
  isGateway || isLoopback || space.baseUrl === '' || new URL(space.baseUrl).host === new URL(origin).host
    ? space
    : { ...space, baseUrl: '' };

const measuredBusyMs = (): number => performance.eventLoopUtilization().active;

/**
 * Connects to the wiki at `url` (see `parseAddress`); sends nothing yet.
 * @throws OptionsError when `url` is no safe address
 */
export const createWikiClient = (url: string, options: WikiClientOptions): WikiClient => {
  const address = parseAddress(url, options);
  const { apiBase, origin, isLoopback } = address;
  const { timeoutMs = 60_000, maxRetries = 4, random = Math.random, now = Date.now } = options;
  const { userAgent = 'rxsync', gate, ca } = options;
  const { maxAnswerBytes = memoryShares(getHeapStatistics().heap_size_limit).answer } = options;
  const transport = createTransport({
    apiBase,
    authorization: authorization(options.credentials),
    isLoopback,
    userAgent,
    timeoutMs,
    maxAnswerBytes,
    ca,
    gate,
    maxRetries,
    random,
    now,
    busyMs: options.busyMs ?? measuredBusyMs,
  });
  const plain = createSend(transport, origin, createRedact(options.credentials));
  const whoAmI$ = createIdentity(plain);
  const send = doubting(plain, whoAmI$, gate);
  const search = createSearch(send);
  const media = createMedia({
    mediaHosts: options.mediaHosts ?? [],
    allowLoopback: isLoopback,
    timeoutMs,
    ca,
    maxBytes: MAX_FILE_BYTES,
    userAgent,
    onAnswer: (sample) => gate.sample(sample),
    now,
  });
  const listings = createListings(send, search);
  const downloads = { send, media, maxRetries, gate, random };
  return {
    identity$: whoAmI$,
    isDataCenter$: () => isDataCenter$(plain, url),
    cloudId$: () => cloudId$(plain, origin),
    ...listings,
    space$: (...asked) => listings.space$(...asked).pipe(map((space) => withOwnSite(space, address))),
    listSpaces$: () =>
      listings.listSpaces$().pipe(
        map(({ items, ...rest }) => ({
          ...rest,
          items: items.map((space) => withOwnSite(space, address)),
        })),
      ),
    ...createBodies(send, search, maxAnswerBytes),
    ...createPresence(send),
    download$: (attachment, sink) => download$(downloads, attachment, sink),
  };
};
