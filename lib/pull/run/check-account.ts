import { AccountError } from '../../errors/account-error.js';
import { type Tally, unbalancedKinds } from './tally.js';

/** @throws AccountError when something listed has come to no end */
export const checkAccount = (tally: Tally): void => {
  const kinds = unbalancedKinds(tally);
  if (kinds.length === 0) return;
  const accounts = kinds.map((kind) => `${kind} ${JSON.stringify(tally.totals[kind])}`).join('; ');
  throw new AccountError(`Not everything that was listed has been accounted for: ${accounts}.`, {
    hint: 'This is a defect of rxsync; please report it. Pull again to complete the mirror.',
  });
};
