import { findResource } from '../links/read-reference.js';
import type { BuiltInMacro } from './built-in.js';
import { unknownMacro } from './unknown-macro.js';

const profile: BuiltInMacro = (macro, scope) => {
  const element = macro.parameterElement('user', 'User', '');
  const resource = element === undefined ? undefined : findResource(element);
  if (resource?.name === 'ri:user') scope.element(resource);
  else unknownMacro(macro, scope);
};

/** People. */
export const peopleMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['profile', profile],
  ['profile-picture', profile],
];
