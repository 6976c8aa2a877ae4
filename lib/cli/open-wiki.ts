import { type Connection, type ConnectionFlags, connectionFrom } from './connection.js';
import type { Cli } from './cli.js';

/** The address that the embedded wiki gives itself: mirrors of it are alike, whatever port it has. */
const SANDBOX_SITE = 'https://sandbox.example';

export interface OpenWiki {
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

/** The wiki that is named, or the embedded one, started for this command, where `sandbox` says how it is made. */
export const openWiki = async (
  flags: ConnectionFlags & { readonly sandbox?: string | undefined },
  { env }: Cli,
): Promise<OpenWiki> => {
  if (flags.sandbox === undefined)
    return { connection: await connectionFrom(flags, env), close: () => Promise.resolve() };
  const { createSandbox, parseSandboxSpec } = await import('../sandbox/index.js');
  const sandbox = await createSandbox({
    siteUrl: SANDBOX_SITE,
    now: Date.now,
    ...parseSandboxSpec(flags.sandbox),
  });
  const { email, token } = sandbox.credentials;
  return {
    connection: { url: sandbox.url, credentials: { email, apiToken: token } },
    close: () => sandbox.close(),
  };
};
