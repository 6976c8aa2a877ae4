import { expect, test } from '@jest/globals';
import { AccountError } from '../../lib/errors/account-error.js';
import { type Consequence, consequenceOf, isRetryable } from '../../lib/errors/consequence.js';
import { ConversionError } from '../../lib/errors/conversion-error.js';
import { CredentialsError } from '../../lib/errors/credentials-error.js';
import { CursorLoopError } from '../../lib/errors/cursor-loop-error.js';
import { CursorRejectedError } from '../../lib/errors/cursor-rejected-error.js';
import { DataCenterError } from '../../lib/errors/data-center-error.js';
import { EmptyScopeError } from '../../lib/errors/empty-scope-error.js';
import { EndlessListingError } from '../../lib/errors/endless-listing-error.js';
import { HttpError } from '../../lib/errors/http-error.js';
import { LoginPageError } from '../../lib/errors/login-page-error.js';
import { MalformedResponseError } from '../../lib/errors/malformed-response-error.js';
import { MediaError } from '../../lib/errors/media-error.js';
import { MissingScopeError } from '../../lib/errors/missing-scope-error.js';
import { NotSearchableError } from '../../lib/errors/not-searchable-error.js';
import { RateLimitWaitError } from '../../lib/errors/rate-limit-wait-error.js';
import { SpaceNotFoundError } from '../../lib/errors/space-not-found-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { UnreachableError } from '../../lib/errors/unreachable-error.js';

const http = (status: number): HttpError => new HttpError(status, `answered ${status}`);
const garbled = new MalformedResponseError('cut', { isGarbled: true });

test.each<[unknown, Consequence['again'], 'in parts' | 'as it is', Consequence['costs']]>([
  [http(400), 'never', 'as it is', 'item'],
  [http(401), 'never', 'as it is', 'item'],
  [http(403), 'never', 'as it is', 'item'],
  [http(404), 'never', 'as it is', 'item'],
  [http(408), 'often', 'in parts', 'item'],
  [http(410), 'never', 'as it is', 'item'],
  [http(413), 'never', 'in parts', 'item'],
  [http(414), 'never', 'in parts', 'item'],
  [http(429), 'held', 'as it is', 'item'],
  [http(500), 'often', 'in parts', 'item'],
  [http(501), 'never', 'as it is', 'item'],
  [http(502), 'often', 'in parts', 'item'],
  [http(503), 'often', 'as it is', 'item'],
  [http(504), 'often', 'in parts', 'item'],
  [http(505), 'never', 'as it is', 'item'],
  ...[520, 521, 522, 523, 524].map((status): [unknown, 'often', 'in parts', 'item'] => [
    http(status),
    'often',
    'in parts',
    'item',
  ]),
  [new MalformedResponseError('odd'), 'never', 'in parts', 'item'],
  [garbled, 'often', 'in parts', 'item'],
  [new UnreachableError('unreachable', 'silent'), 'often', 'in parts', 'item'],
  [new UnreachableError('offline', 'nobody there'), 'often', 'in parts', 'run'],
  [new UnreachableError('proxy', 'no'), 'never', 'as it is', 'run'],
  [new UnreachableError('certificate', 'no'), 'never', 'as it is', 'run'],
  [new CursorLoopError('c'), 'once', 'as it is', 'item'],
  [new CursorRejectedError('c'), 'once', 'as it is', 'item'],
  [new EndlessListingError('GET x', 20), 'never', 'as it is', 'item'],
  [new NotSearchableError('DOCS'), 'never', 'as it is', 'item'],
  [new MissingScopeError('GET x', 'read:x'), 'never', 'as it is', 'kind'],
  [new CredentialsError('no'), 'never', 'as it is', 'wiki'],
  [new LoginPageError('no'), 'once', 'as it is', 'wiki'],
  [new RateLimitWaitError('too long'), 'never', 'as it is', 'wiki'],
  [new MediaError('media-host', 'no'), 'never', 'as it is', 'item'],
  [new MediaError('media-redirects', 'no'), 'never', 'as it is', 'item'],
  [new MediaError('media-connection', 'no'), 'often', 'as it is', 'item'],
  [new MediaError('media-length', 'no'), 'often', 'as it is', 'item'],
  [new MediaError('media-type', 'no'), 'often', 'as it is', 'item'],
  [new MediaError('media-status', 'no', { status: 503 }), 'often', 'as it is', 'item'],
  [new MediaError('media-status', 'no', { status: 429 }), 'held', 'as it is', 'item'],
  [new ConversionError('no'), 'never', 'as it is', 'item'],
  [new StoreError('full'), 'never', 'as it is', 'run'],
  [new DataCenterError('https://wiki.example'), 'never', 'as it is', 'run'],
  [new SpaceNotFoundError('X'), 'never', 'as it is', 'run'],
  [new EmptyScopeError('DOCS', 'with the label "x"'), 'never', 'as it is', 'run'],
  [new AccountError('unbalanced'), 'never', 'as it is', 'run'],
  [new TypeError('a defect'), 'never', 'as it is', 'run'],
  ['text', 'never', 'as it is', 'run'],
  [undefined, 'never', 'as it is', 'run'],
])('%s: tried again %s, asked for %s, costs the %s', (error, again, parts, costs) => {
  expect(consequenceOf(error)).toEqual({ again, inParts: parts === 'in parts', costs });
  expect(isRetryable(error)).toBe(again !== 'never');
});
