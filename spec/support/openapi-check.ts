import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Ajv, type ValidateFunction } from 'ajv';

import type { Exchange } from '../../lib/sandbox/index.js';

/** Checks exchanges against OpenAPI documents. */
export interface OpenApiChecker {
  /** What is wrong with one exchange; empty when nothing is. */
  check(exchange: Exchange): readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly document: string;
  /** JSON pointer of the operation. */
  readonly pointer: string;
  readonly json: Json;
}

interface Part {
  readonly pointer: string;
  readonly json: unknown;
}

/** The slimmed v1 document cuts deep schemas off and is of no use here. */
const DOCUMENTS = ['confluence-v2.json', 'confluence-v1.json'];

/** Statuses that the documents do not describe, as they concern no operation in particular. */
const GENERAL = [400, 401, 403, 404, 405, 410, 414, 429, 500, 502, 503, 504];

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const child = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((at: unknown, name) => (isJson(at) ? at[name] : undefined), value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A schema in which everything may be null, as field reports say of the service. */
const relax = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(relax);
  if (!isJson(value)) return value;
  const entries = Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
    if (name === 'type' && typeof part === 'string') return [[name, [part, 'null']]];
    if (name === 'enum' && Array.isArray(part)) return [[name, [...list(part), null]]];
    if (name === 'oneOf') return [['anyOf', relax(part)]];
    if (name === 'nullable' || name === 'example' || name === 'discriminator') return [];
    return [[name, relax(part)]];
  });
  return Object.fromEntries(entries);
};

const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const templateOf = (path: string): RegExp => {
  const pattern = path.split(/\{[^}]+\}/).map((part) => part.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^/]+')}$`);
};

const literalFirst = (one: string, other: string): number => one.split('{').length - other.split('{').length;

interface Template {
  readonly document: string;
  readonly path: string;
  readonly matches: RegExp;
  readonly methods: unknown;
}

/** The paths of a document, those with the fewest placeholders first. */
const templatesOf = (document: string, json: Json): readonly Template[] => {
  const paths = child(json, 'paths');
  return (isJson(paths) ? Object.keys(paths).sort(literalFirst) : []).map((path) => ({
    document,
    path,
    matches: templateOf(path),
    methods: child(paths, path),
  }));
};

/** Of each document the first path that matches counts. */
const findOperation = (
  templates: readonly (readonly Template[])[],
  method: string,
  path: string,
): Operation | undefined => {
  for (const ofDocument of templates) {
    const template = ofDocument.find(({ matches }) => matches.test(path));
    const json = child(template?.methods, method);
    if (template !== undefined && isJson(json))
      return {
        document: template.document,
        pointer: `/paths/${escapePointer(template.path)}/${method}`,
        json,
      };
  }
  return undefined;
};

const valuesOf = (schema: unknown, texts: readonly string[]): unknown =>
  child(schema, 'type') === 'array' ? texts.flatMap((text) => text.split(',')) : texts[0];

/** Creates a checker from the documents in a directory; rejects when they are not there. */
export const loadOpenApiChecker = async (directory: string): Promise<OpenApiChecker> => {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, coerceTypes: false });
  const coercing = new Ajv({ strict: false, validateFormats: false, coerceTypes: 'array' });
  const documents = new Map<string, Json>();
  for (const name of DOCUMENTS) {
    const parsed: unknown = JSON.parse(await readFile(join(directory, name), 'utf8'));
    if (!isJson(parsed)) throw new Error(`${name} is no OpenAPI document`);
    documents.set(name, parsed);
    const relaxed = relax(parsed);
    if (isJson(relaxed)) ajv.addSchema(relaxed, name);
    coercing.addSchema(parsed, name);
  }

  const templates = [...documents].map(([name, document]) => templatesOf(name, document));

  const validator = (from: Ajv, document: string, pointer: string): ValidateFunction | undefined =>
    from.getSchema(`${document}#${pointer}`);

  /** A part of an operation, wherever a `$ref` leads. */
  const partAt = (document: string, pointer: string, json: unknown): Part => {
    const ref = child(json, '$ref');
    return typeof ref === 'string'
      ? { pointer: ref.slice(1), json: child(documents.get(document), ...ref.split('/').slice(1)) }
      : { pointer, json };
  };

  const parametersOf = ({ document, pointer, json }: Operation): readonly Part[] =>
    list(json.parameters).map((parameter, index) =>
      partAt(document, `${pointer}/parameters/${index}`, parameter),
    );

  const checkQuery = (operation: Operation, url: URL): readonly string[] => {
    const parameters = parametersOf(operation);
    const missing = parameters.flatMap(({ json }) => {
      const name = String(child(json, 'name'));
      const isNeeded = child(json, 'in') === 'query' && child(json, 'required') === true;
      return isNeeded && !url.searchParams.has(name) ? [`missing query parameter ${name}`] : [];
    });
    const given = [...new Set(url.searchParams.keys())].flatMap((name) => {
      const known = parameters.find(
        ({ json }) => child(json, 'name') === name && child(json, 'in') === 'query',
      );
      if (known === undefined) return [`undocumented query parameter ${name}`];
      const value = valuesOf(child(known.json, 'schema'), url.searchParams.getAll(name));
      const validate = validator(coercing, operation.document, `${known.pointer}/schema`);
      return validate === undefined || validate(value)
        ? []
        : [`${name}: ${coercing.errorsText(validate.errors)}`];
    });
    return [...missing, ...given];
  };

  const checkBody = (
    { document, pointer, json }: Operation,
    { requestBody }: Exchange,
  ): readonly string[] => {
    if (json.requestBody === undefined) return [];
    const part = partAt(document, `${pointer}/requestBody`, json.requestBody);
    const validate = validator(ajv, document, `${part.pointer}/content/application~1json/schema`);
    if (validate === undefined || requestBody === undefined) return ['no request body to check'];
    return validate(JSON.parse(requestBody)) ? [] : [`body: ${ajv.errorsText(validate.errors)}`];
  };

  const checkAnswer = ({ document, pointer, json }: Operation, exchange: Exchange): readonly string[] => {
    const { status, responseBody, fault, wild } = exchange;
    if (fault !== undefined || wild !== undefined) return [];
    if (child(json, 'responses', String(status)) === undefined)
      return GENERAL.includes(status) ? [] : [`undocumented status ${status}`];
    const schemaAt = `${pointer}/responses/${status}/content/application~1json/schema`;
    if (status !== 200) return [];
    const validate = validator(ajv, document, schemaAt);
    if (validate === undefined || responseBody === undefined) return ['no answer to check'];
    return validate(JSON.parse(responseBody)) ? [] : [ajv.errorsText(validate.errors)];
  };

  return {
    check: (exchange) => {
      const url = new URL(exchange.url);
      const path = url.pathname.replace(/^\/ex\/confluence\/[^/]+/, '');
      const operation = findOperation(templates, exchange.method.toLowerCase(), path);
      if (operation === undefined) return [`undocumented operation ${exchange.method} ${path}`];
      // A request that the wiki refuses need not be as documented.
      if (exchange.status >= 400) return checkAnswer(operation, exchange);
      return [
        ...checkQuery(operation, url),
        ...checkBody(operation, exchange),
        ...checkAnswer(operation, exchange),
      ];
    },
  };
};
