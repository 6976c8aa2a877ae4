import { parseAddress } from '../confluence/address.js';
import type { Identity } from '../confluence/identity.js';
import type { WikiClient } from '../confluence/wiki-client.js';
import type { Space } from '../core/content.js';
import { DEFAULT_SETTINGS } from '../core/mirror-settings.js';
import type { ResponseSample } from '../core/request-lane.js';
import { DataCenterError } from '../errors/data-center-error.js';
import { isHttpError } from '../errors/http-error.js';
import { checkScope } from '../pull/run/mirror-scope.js';
import type { PullOptions } from '../pull/run/pull-options.js';
import { resolveWikiOptions } from '../pull/run/wiki-options.js';
import { shareWiki } from '../pull/run/shared-wiki.js';
import type { ReadState } from '../store/state-file.js';
import { credentialsFinding, isGateway, reachFinding } from './access.js';
import { answerTo } from './answer.js';
import { clockFinding } from './clock.js';
import type { DoctorDeps } from './doctor-deps.js';
import type { Estimate } from './estimate.js';
import { examineSpace } from './examine-space.js';
import { failure, type Finding, ok, skipped } from './finding.js';
import { median } from './median.js';
import { rateFinding, seenLimits } from './rate.js';
import { spaceFinding } from './space.js';

/** A check should say soon what a pull would wait for. */
const PATIENCE = { maxRetries: 1, timeoutMs: 30_000, maxWaitMs: 60_000, quotaReserve: 0 } as const;

const NO_SPACE = "Name one with `space: 'KEY'`: what follows from here is about one space.";

type Options = Pick<PullOptions, 'url' | 'credentials' | 'ca' | 'allowHttp' | 'mediaHosts' | 'dir' | 'space'>;

/** A wiki that knows nothing of the API is perhaps no Cloud site. */
const explained = async (wiki: WikiClient, identity: Identity, url: string): Promise<Identity> => {
  if (identity.kind !== 'unknown' || !isHttpError(identity.error) || identity.error.status !== 404)
    return identity;
  const answer = await answerTo(wiki.isDataCenter$());
  const isDataCenter = 'value' in answer && answer.value;
  return isDataCenter ? { kind: 'unknown', error: new DataCenterError(url) } : identity;
};

const cloudIdOf = async (wiki: WikiClient): Promise<string | undefined> => {
  const answer = await answerTo(wiki.cloudId$());
  return 'error' in answer ? undefined : answer.value;
};

const latencyMs = (samples: readonly ResponseSample[]): number | undefined =>
  median(
    samples.flatMap(({ lane, status, startedAtMs, atMs }) =>
      lane === 'media' || status === undefined ? [] : [atMs - startedAtMs],
    ),
  );

/** Whether there is an answer, and whether it is for us. */
async function* examineAccess(
  wiki: WikiClient,
  options: Options,
  samples: () => readonly ResponseSample[],
): AsyncGenerator<Finding, Identity | undefined> {
  const answer = await answerTo(wiki.identity$());
  if ('error' in answer) {
    yield failure('reach', answer.error);
    return undefined;
  }
  const identity = await explained(wiki, answer.value, options.url);
  const reach = reachFinding(identity, latencyMs(samples()));
  yield reach;
  if (reach.health === 'failed') return undefined;
  const address = parseAddress(options.url, { allowHttp: options.allowHttp ?? false });
  const isKnown = identity.kind === 'known' || isGateway(address);
  const cloudId = isKnown ? undefined : await cloudIdOf(wiki);
  const credentials = credentialsFinding({ credentials: options.credentials, address, identity, cloudId });
  yield credentials;
  return credentials.health === 'failed' ? undefined : identity;
}

/** Whether the space is the one that the folder mirrors. */
const sourceFinding = (read: ReadState, space: Space, dir: string): Finding => {
  try {
    checkScope(read, space, { dir });
    return ok('mirror source', 'The folder mirrors this space of this site.');
  } catch (error) {
    return failure('mirror source', error);
  }
};

/** The space, if it is to be seen, and whether it belongs to the mirror. */
async function* findSpace(
  wiki: WikiClient,
  { space, dir }: Options,
  read: ReadState,
): AsyncGenerator<Finding, Space | undefined> {
  const held = read.kind === 'read' ? read.state : undefined;
  const key = space ?? held?.scope.space;
  if (key === undefined) {
    yield skipped('space', NO_SPACE);
    return undefined;
  }
  const answer = await answerTo(
    wiki.space$(
      key,
      key === held?.scope.space ? held.spaceId : undefined,
      space === undefined ? 'id' : 'key',
    ),
  );
  if ('error' in answer) {
    yield failure('space', answer.error);
    return undefined;
  }
  yield spaceFinding(answer.value);
  if (held) yield sourceFinding(read, answer.value, dir);
  return answer.value;
}

/** Passes findings on, up to one after which nothing can be asked any more. */
async function* untilFinal<R>(findings: AsyncGenerator<Finding, R>): AsyncGenerator<Finding, R | undefined> {
  for (;;) {
    const next = await findings.next();
    if (next.done === true) return next.value;
    yield next.value;
    if (next.value.isFinal === true) return undefined;
  }
}

/** Looks at the wiki: who answers, whom it takes us for, what it lets us do, and how much there is of the space. */
export async function* examineWiki(
  given: Options,
  read: ReadState,
  deps: DoctorDeps,
): AsyncGenerator<Finding, Estimate | undefined> {
  const options = resolveWikiOptions({ ...given, ...PATIENCE });
  const { client: wiki, samples$, dispose } = shareWiki(options, deps).openSession();
  const seen: ResponseSample[] = [];
  const samples = (): readonly ResponseSample[] => seen;
  samples$.subscribe((sample) => seen.push(sample));
  try {
    const identity = yield* examineAccess(wiki, given, samples);
    if (identity === undefined) return undefined;
    const space = yield* findSpace(wiki, given, read);
    const settings = read.kind === 'read' ? read.state.scope : DEFAULT_SETTINGS;
    const account = identity.kind === 'known' ? identity.accountId : undefined;
    const examined =
      space && (yield* untilFinal(examineSpace({ wiki, space, account, settings, now: deps.now })));
    const limits = seenLimits(samples());
    yield rateFinding(limits);
    yield clockFinding(samples());
    return examined?.estimate({ answerMs: latencyMs(samples()) ?? 0, limits, options });
  } finally {
    dispose();
  }
}
