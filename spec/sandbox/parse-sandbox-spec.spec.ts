import { describe, expect, test } from '@jest/globals';

import { OptionsError } from '../../lib/errors/options-error.js';
import { parseSandboxSpec } from '../../lib/sandbox/index.js';

describe('parseSandboxSpec', () => {
  test.each([
    ['', {}],
    ['pages=1000,folders=60,rps=50,latency-ms=80', { pages: 1000, folders: 60, rps: 50, latencyMs: 80 }],
    ['nasty', { nasty: true }],
    ['nasty=false, seed=7', { nasty: false, seed: 7 }],
    ['nasty=Off', { nasty: false }],
    ['nasty=yes', { nasty: true }],
    ['body-kb=0.5,space-key=DOCS', { bodyKb: 0.5, spaceKey: 'DOCS' }],
    ['faults=429@2;poison=#3,points-quota=65000', { faults: '429@2;poison=#3', pointsQuota: 65_000 }],
    ['folder-ancestors=false', { folderAncestors: false }],
  ])('%s', (spec, expected) => {
    expect(parseSandboxSpec(spec)).toEqual(expected);
  });

  test.each([
    'unknown=1',
    'pages',
    'pages=many',
    'pages=-1',
    'pages=1.5',
    'rps=0',
    'nasty=maybe',
    'faults=boom',
    'timer=1',
    'port=70000',
    'time-zone=Nowhere/Land',
    'space-key=A B',
    'body-kb=0',
  ])('refuses %s', (spec) => {
    expect(() => parseSandboxSpec(spec)).toThrow(OptionsError);
  });
});
