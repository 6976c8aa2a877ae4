import type { Commands } from '../completion-script.js';
import { COMPLETION_SUMMARY } from './completion-command.js';
import { DOCTOR_FLAGS, DOCTOR_SUMMARY } from './doctor-command.js';
import { DOCUMENTS_FLAGS, DOCUMENTS_SUMMARY } from './documents-command.js';
import { FLEET_FLAGS, FLEET_SUMMARY, FLEET_WORDS } from './fleet-command.js';
import { PULL_SUMMARY } from './pull-command.js';
import { PULL_FLAGS } from './pull-flags.js';
import { REPORT_FLAGS, REPORT_SUMMARY } from './report-command.js';
import { SANDBOX_FLAGS, SANDBOX_SUMMARY } from './sandbox-command.js';
import { STATUS_FLAGS, STATUS_SUMMARY } from './status-command.js';
import { VERIFY_FLAGS, VERIFY_SUMMARY } from './verify-command.js';

/** What completion and the man page are made of. */
export const COMMANDS: Commands = {
  pull: { summary: PULL_SUMMARY, flags: PULL_FLAGS },
  status: { summary: STATUS_SUMMARY, flags: STATUS_FLAGS },
  verify: { summary: VERIFY_SUMMARY, flags: VERIFY_FLAGS },
  doctor: { summary: DOCTOR_SUMMARY, flags: DOCTOR_FLAGS },
  report: { summary: REPORT_SUMMARY, flags: REPORT_FLAGS },
  documents: { summary: DOCUMENTS_SUMMARY, flags: DOCUMENTS_FLAGS },
  sandbox: { summary: SANDBOX_SUMMARY, flags: SANDBOX_FLAGS },
  fleet: { summary: FLEET_SUMMARY, flags: FLEET_FLAGS, words: FLEET_WORDS },
  completion: { summary: COMPLETION_SUMMARY, flags: {} },
};
