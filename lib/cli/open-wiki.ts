import { OptionsError } from '../errors/options-error.js';
import type { Sandbox } from '../sandbox/index.js';
import { type Connection, type ConnectionFlags, connectionFrom } from './connection.js';
import type { Cli } from './cli.js';
import { kebab } from './kebab.js';
import { booleanOf } from './settings/boolean-word.js';

/** The address that the embedded wiki gives itself: mirrors of it are alike, whatever port it has. */
const SANDBOX_SITE = 'https://sandbox.example';

export interface OpenWiki {
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

interface SandboxFlag {
  /** How the embedded wiki is made, or whether there is one. */
  readonly sandbox?: string | undefined;
}

const specOf = ({ sandbox }: SandboxFlag): string | undefined => {
  const isOn = sandbox === undefined ? false : booleanOf(sandbox);
  if (isOn === undefined) return sandbox;
  return isOn ? '' : undefined;
};

const start = async (spec: string): Promise<Sandbox> => {
  const { createSandbox, parseSandboxSpec } = await import('../sandbox/index.js');
  try {
    return await createSandbox({ siteUrl: SANDBOX_SITE, now: Date.now, ...parseSandboxSpec(spec) });
  } catch (error) {
    if (!(error instanceof OptionsError) || error.option === 'sandbox') throw error;
    // The user has set one option, whose parts these are.
    throw new OptionsError('sandbox', spec, `let ${kebab(error.option)} ${error.rule}`);
  }
};

/** The wiki that is named, or the embedded one, started for this command, where `sandbox` says how it is made. */
export const openWiki = async (flags: ConnectionFlags & SandboxFlag, { env }: Cli): Promise<OpenWiki> => {
  const spec = specOf(flags);
  if (spec === undefined)
    return { connection: await connectionFrom(flags, env), close: () => Promise.resolve() };
  const sandbox = await start(spec);
  const { email, apiToken: token } = sandbox.credentials;
  return {
    connection: { url: sandbox.url, credentials: { email, apiToken: token } },
    close: () => sandbox.close(),
  };
};
