import type { Scope } from '../scope.js';

/** Writes the name of an account, linked when the context knows where to. */
export function mention(accountId: string, scope: Scope): void {
  const target = scope.page.resolver.known({ kind: 'user', accountId });
  const name = scope.page.context.userName?.(accountId) ?? target?.title ?? accountId;
  const inner = target === undefined ? scope : scope.with({ type: 'link', href: target.href });
  inner.text(`@${name}`);
}
