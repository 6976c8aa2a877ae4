import { type Observable, catchError, map, of } from 'rxjs';
import { isHttpError } from '../errors/http-error.js';
import type { Send } from './request.js';

/**
 * Whether the API of Data Center, which Cloud has elsewhere, answers at the address that the user gave. Only for a wiki
 * that knows nothing of the Cloud's API.
 */
export const isDataCenter$ = (send: Send, url: string): Observable<boolean> =>
  send({ lane: 'identity', path: `${url.replace(/\/+$/, '')}/rest/api/space`, params: { limit: 1 } }).pipe(
    map(() => true),
    catchError((error: unknown) =>
      of(isHttpError(error) && (error.status === 401 || error.status === 403) && error.words !== ''),
    ),
  );
