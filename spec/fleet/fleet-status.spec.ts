import { expect, test } from '@jest/globals';
import { fleetText } from '../../lib/cli/render/fleet-text.js';
import type { EngineTenant } from '../../lib/fleet/engine.js';
import { tenantStatus } from '../../lib/fleet/fleet-status.js';
import type { Account } from '../../lib/fleet/tenant-state.js';

const NOW = Date.parse('2026-02-03T04:00:00Z');

const account: Account = { spaces: 10, fresh: 3, due: 6, failed: 1, failing: [] };

const atWork: EngineTenant = {
  tenant: 'acme',
  definition: undefined,
  nextRun: new Date(NOW + 41 * 60_000),
  isAtWork: true,
  account,
  running: undefined,
};

test('a tenant that nobody pulls now is as its workflow has told', () => {
  expect(tenantStatus(atWork, NOW)).toEqual({
    tenant: 'acme',
    spaces: 10,
    fresh: 3,
    failed: 1,
    running: [],
    waiting: 6,
    failing: [],
    nextRun: '2026-02-03T04:41:00.000Z',
  });
});

test('what a worker has done of its slice counts, as does what it has under way', () => {
  const running = {
    results: [{ space: 'A' }, { space: 'B', problem: { code: 'x', message: 'y' } }],
    running: [{ space: 'C', done: 5, total: 9 }],
    points: 77,
  };
  expect(tenantStatus({ ...atWork, running }, NOW)).toMatchObject({
    fresh: 4,
    failed: 2,
    running: [{ space: 'C', done: 5, total: 9 }],
    waiting: 3,
    points: 77,
  });
});

test('a paused tenant and one without a workflow have no next run', () => {
  const paused = { code: 'credentials', message: 'refused' };
  expect(tenantStatus({ ...atWork, account: { ...account, paused } }, NOW)).toMatchObject({
    paused,
    nextRun: null,
  });
  expect(tenantStatus({ ...atWork, isAtWork: false, account: undefined }, NOW)).toMatchObject({
    paused: { code: 'no-workflow' },
    nextRun: null,
    spaces: 0,
  });
});

test('the table has a line a tenant, and what is wrong with it below', () => {
  const failing = [
    { space: 'LEGAL', attempts: 2, at: NOW + 180_000, code: 'http-502', message: 'answered\u001b 502.' },
  ];
  const tenants = [
    tenantStatus({ ...atWork, account: { ...account, spaces: 5000, points: 12_400, failing } }, NOW),
    tenantStatus({ ...atWork, tenant: 'b', nextRun: new Date(NOW + 125 * 60_000) }, NOW),
    tenantStatus(
      { ...atWork, tenant: 'c', account: { ...account, paused: { code: 'x', message: 'refused' } } },
      NOW,
    ),
    tenantStatus({ ...atWork, tenant: 'd', account: { ...account, heldUntil: NOW + 600_000 } }, NOW),
  ];
  expect(fleetText(tenants, NOW).split('\n')).toEqual([
    'tenant  spaces  fresh  running  waiting  failed      next run  points left',
    'acme     5,000      3        0        6       1     in 41 min       12,400',
    '  LEGAL again in 3 min: answered\\u{1b} 502.',
    'b           10      3        0        6       1  in 2 h 5 min            -',
    'c           10      3        0        6       1        paused            -',
    '  paused: refused',
    'd           10      3        0        6       1     in 41 min            -',
    '  its wiki asks to wait: in 10 min',
  ]);
});
