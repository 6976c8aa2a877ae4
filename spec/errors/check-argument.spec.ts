import { expect, test } from '@jest/globals';
import { NEVER, Subject } from 'rxjs';
import {
  checkFunction,
  checkObject,
  checkObservable,
  checkObserver,
  checkText,
} from '../../lib/errors/check-argument.js';

const refused = expect.objectContaining({ code: 'options', option: 'it' });

test.each([
  ['object', checkObject, [{}, NEVER], [undefined, null, 5, 'x', []]],
  ['text', checkText, ['x', ''], [undefined, null, 5, {}]],
  ['function', checkFunction, [() => 1], [undefined, null, {}, 'x']],
  ['Observable', checkObservable, [NEVER, new Subject()], [undefined, null, {}, [], () => 1]],
  ['observer', checkObserver, [new Subject(), { next: () => 1 }], [undefined, null, {}, NEVER]],
] as const)('what is and what is no %s', (_what, check, good, bad) => {
  for (const value of good) check('it', value);
  for (const value of bad) expect(() => check('it', value)).toThrow(refused);
});
