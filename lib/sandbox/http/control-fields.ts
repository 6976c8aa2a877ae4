import { SandboxError } from '../../errors/sandbox-error.js';

/** What the JSON body of a change may say. */
export interface ControlFields {
  readonly id?: string;
  readonly title?: string;
  readonly spaceKey?: string;
  readonly key?: string;
  readonly archived?: boolean;
  readonly parentId?: string | null;
  readonly body?: string;
  readonly message?: string;
  readonly fileName?: string;
  readonly content?: string;
  readonly mediaType?: string;
  readonly sizeBytes?: number;
  readonly comment?: string;
  readonly location?: 'footer' | 'inline';
  readonly parentCommentId?: string;
  readonly selection?: string;
  readonly resolution?: 'open' | 'reopened' | 'resolved' | 'dangling';
  readonly add?: string;
  readonly remove?: string;
  readonly hidden?: boolean;
  readonly byMs?: number;
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const oneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    allowed.some((text) => text === value);

const CHECKS: Readonly<Record<keyof ControlFields, Check>> = {
  id: isText,
  title: isText,
  spaceKey: isText,
  key: isText,
  archived: isFlag,
  parentId: (value) => value === null || isText(value),
  body: isText,
  message: isText,
  fileName: isText,
  content: isText,
  mediaType: isText,
  sizeBytes: isCount,
  comment: isText,
  location: oneOf('footer', 'inline'),
  parentCommentId: isText,
  selection: isText,
  resolution: oneOf('open', 'reopened', 'resolved', 'dangling'),
  add: isText,
  remove: isText,
  hidden: isFlag,
  byMs: isCount,
};

const isKnown = (name: string): name is keyof ControlFields => Object.hasOwn(CHECKS, name);

const isFields = (value: unknown): value is ControlFields =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(([name, field]) => isKnown(name) && CHECKS[name](field));

/** Checks the body of a change; throws SandboxError for names and types that no change has. */
export const parseFields = (body: unknown): ControlFields => {
  if (isFields(body)) return body;
  throw new SandboxError(
    `The body must be a JSON object with fields among: ${Object.keys(CHECKS).join(', ')}`,
  );
};

/** The text of a field that must be there. */
export const need = (
  fields: ControlFields,
  name: 'id' | 'title' | 'fileName' | 'spaceKey' | 'key',
): string => {
  const value = fields[name];
  if (value === undefined) throw new SandboxError(`The field ${name} is missing`);
  return value;
};
