export { type Sandbox, createSandbox } from './create-sandbox.js';
export type { Credentials } from './credentials.js';
export type { Exchange, RequestCounters } from './exchange.js';
export type { FAULT_KINDS, FaultKind } from './faults/parse-faults.js';
export type { SandboxOptions } from './options.js';
export { parseSandboxSpec } from './parse-sandbox-spec.js';
export type { WildSwitch } from './wild/wild-switch.js';
export type { Wiki } from './wiki/wiki.js';
