import { appLanguage, sourceLanguage } from './source-language.js';
import { SOURCE_PARAMETERS } from './source-parameters.js';
import { unpack } from './unpack.js';

/** A program, a diagram or a formula that stands in the parameters of an app. */
export interface Source {
  readonly value: string;
  readonly lang: string | undefined;
  /** The parameter that holds it. */
  readonly parameter: string;
}

type Parameters = ReadonlyMap<string, string>;

/** The language that the app's parameters name. */
const namedLanguage = (parameters: Parameters): string | undefined =>
  parameters.get('language') ?? parameters.get('lang');

/** The source among the parameters of an app; `undefined` where no parameter can be told to be one. */
export function findSource(app: string, parameters: Parameters): Source | undefined {
  const lang = appLanguage(app);
  for (const parameter of SOURCE_PARAMETERS) {
    const packed = parameters.get(parameter);
    if (packed === undefined) continue;
    const value = unpack(packed).trim();
    const own = sourceLanguage(value) ?? lang ?? namedLanguage(parameters);
    if (value !== '' && (own !== undefined || value.includes('\n'))) return { value, lang: own, parameter };
  }
  return undefined;
}
