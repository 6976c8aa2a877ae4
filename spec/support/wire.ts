import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { afterEach, beforeEach } from '@jest/globals';
import { nock, type ReplyBody } from './nock.js';
import { type Observable, lastValueFrom, toArray } from 'rxjs';
import {
  type WikiClient,
  type WikiClientOptions,
  createWikiClient,
} from '../../lib/confluence/wiki-client.js';
import type { Admission, Gate } from '../../lib/confluence/gate.js';
import type { CredentialsError } from '../../lib/errors/credentials-error.js';
import type { RequestLane, ResponseSample, RetryNotice } from '../../lib/core/request-lane.js';

export const SITE = 'https://example.atlassian.net';
export const EMAIL = 'ada@example.com';
export const TOKEN = 'ATATT3xFf-secret-token';
const BASIC = Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64');
export const AUTHORIZATION = `Basic ${BASIC}`;

/** An answer of the wiki as recorded in `fixtures/wire`. */
export const wire = (name: string): ReplyBody =>
  readFileSync(new URL(`../../fixtures/wire/${name}.json`, import.meta.url), 'utf8');

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** Expects one GET below `/wiki`, with these and no other parameters, and answers it with a fixture. */
export const expectGet = (path: string, query: Record<string, string>, answer: string): nock.Scope =>
  nock(SITE).get(`/wiki${path}`).query(query).reply(200, wire(answer), JSON_TYPE);

/** Lets no request out of the process and fails a test that leaves an expected request unsent. */
export const useNock = (): void => {
  beforeEach(() => {
    nock.disableNetConnect();
  });
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.abortPendingRequests();
    nock.cleanAll();
    nock.enableNetConnect();
    if (pending.length > 0) throw new Error(`Requests that were never sent: ${pending.join(', ')}`);
  });
};

/** A client for `SITE` whose retries follow each other without delay. */
export const wikiClient = (options: Partial<WikiClientOptions> = {}): WikiClient =>
  createWikiClient(SITE, {
    credentials: { email: EMAIL, apiToken: TOKEN },
    random: () => 0,
    gate: new RecordingGate(),
    ...options,
  });

export const all = <T>(source: Observable<T>): Promise<T[]> => lastValueFrom(source.pipe(toArray()));

/** What the source fails with. */
export const failureOf = (source: Observable<unknown>): Promise<unknown> =>
  all(source).then(
    (values) => {
      throw new Error(`Expected an error, but got ${inspect(values)}`);
    },
    (error: unknown) => error,
  );

/** Everything that a log, a debugger or a crash reporter could show of an error. */
export const everythingIn = (error: unknown): string =>
  [
    inspect(error, { depth: Infinity, showHidden: true }),
    JSON.stringify(error),
    String(error),
    error instanceof Error ? error.stack : '',
  ].join('\n');

export const SECRETS = [TOKEN, BASIC, 'Basic ', 'Authorization'];

/** Lets everything pass and remembers what it was told. */
export class RecordingGate implements Gate {
  readonly admitted: RequestLane[] = [];
  readonly samples: ResponseSample[] = [];
  readonly retries: RetryNotice[] = [];
  /** Until when retries are to wait, in ms since the epoch. */
  readonly notBefore: number[] = [];
  readonly verdicts: (CredentialsError | undefined)[] = [];
  readonly ending: Gate['ending'] = new AbortController().signal;
  #active = 0;

  /** Requests that were admitted and not given back. */
  get active(): number {
    return this.#active;
  }

  admit(lane: RequestLane, { notBeforeMs }: Admission = {}): Promise<() => void> {
    this.admitted.push(lane);
    if (notBeforeMs !== undefined) this.notBefore.push(notBeforeMs);
    this.#active += 1;
    return Promise.resolve(() => {
      this.#active -= 1;
    });
  }

  sample(sample: ResponseSample): void {
    this.samples.push(sample);
  }

  retry(notice: RetryNotice): void {
    this.retries.push(notice);
  }

  verdict(refused: CredentialsError | undefined): void {
    this.verdicts.push(refused);
  }
}
