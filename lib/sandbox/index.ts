export { type Sandbox, createSandbox } from './create-sandbox.js';
export type { Exchange } from './http/traffic.js';
export type { SandboxOptions } from './options.js';
export { parseSandboxSpec } from './parse-sandbox-spec.js';
export type { Wiki } from './wiki/wiki.js';
