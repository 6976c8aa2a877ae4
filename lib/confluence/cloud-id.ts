import { type Observable, catchError, map, of } from 'rxjs';
import { z } from 'zod';
import type { Send } from './request.js';

const TenantInfo = z.object({ cloudId: z.string().regex(/^[\w-]+$/) });

/** The id by which the gateway knows the site; undefined where it does not tell. Asked of the site's own host. */
export const cloudId$ = (send: Send, origin: string): Observable<string | undefined> =>
  send({ lane: 'identity', path: `${origin}/_edge/tenant_info` }).pipe(
    map(({ data }) => TenantInfo.safeParse(data).data?.cloudId),
    catchError(() => of(undefined)),
  );
