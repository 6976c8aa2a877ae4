import { expect, test } from '@jest/globals';
import { mirrorOptionsOf } from '../../lib/fleet/mirror-options.js';
import type { Definition } from '../../lib/fleet/definition.js';

const tenant = (options: Definition['options']): Definition => ({
  tenant: 'acme',
  failover: '75s',
  url: 'https://acme.atlassian.net',
  'bearer-token': { env: 'T' },
  spaces: '*',
  except: [],
  every: '1h',
  options,
});

const AS_NEW = {
  ancestor: null,
  label: null,
  cql: null,
  format: 'markdown',
  flavor: 'github',
  attachments: 'all',
  attachmentMaxBytes: null,
  attachmentTypes: null,
  comments: false,
  labels: false,
};

test('what the file does not name is as in a new mirror, whatever a mirror remembers', () => {
  expect(mirrorOptionsOf(tenant({}))).toEqual(AS_NEW);
});

test('what it names is told', () => {
  const options = {
    cql: 'type = page',
    flavor: 'obsidian',
    'attachment-types': ['pdf'],
    'check-deletions': false,
  };
  expect(mirrorOptionsOf(tenant(options))).toEqual({
    ...AS_NEW,
    cql: 'type = page',
    flavor: 'obsidian',
    attachmentTypes: ['pdf'],
    checkDeletions: false,
  });
});
