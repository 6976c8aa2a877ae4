import type { Scope } from '../scope.js';
import type { Followed } from './follow.js';

/** The name of an account, linked when the context knows where to. */
export function mention(accountId: string, { page }: Scope): Followed {
  const target = page.resolver.known({ kind: 'user', accountId });
  const name = page.context.userName?.(accountId) ?? target?.title ?? accountId;
  return { text: `@${name}`, link: target && { type: 'link', href: target.href } };
}
