export { type Sandbox, createSandbox } from './create-sandbox.js';
export type { Credentials } from './http/auth.js';
export type { Exchange, RequestCounters } from './http/traffic.js';
export type { SandboxOptions } from './options.js';
export { parseSandboxSpec } from './parse-sandbox-spec.js';
export { SANDBOX_DEFAULTS } from './sandbox-defaults.js';
export type { WildSwitch } from './wild/wild.js';
export type { Wiki } from './wiki/wiki.js';
