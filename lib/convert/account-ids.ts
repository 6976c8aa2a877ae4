import { decodeText } from './parse/decode-text.js';

const ACCOUNT_ID = /ri:(?:account-id|userkey)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The account ids that a body mentions, each once, so that their names can be fetched before converting. */
export function accountIds(storage: string): readonly string[] {
  const ids = new Set<string>();
  for (const [, double, single] of storage.matchAll(ACCOUNT_ID)) ids.add(decodeText(double ?? single ?? ''));
  ids.delete('');
  return [...ids];
}
