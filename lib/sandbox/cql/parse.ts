import { SandboxError } from '../../errors/sandbox-error.js';
import { type Token, tokenize } from './tokenize.js';

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '~' | '!~' | 'in' | 'not in';

export interface CqlValue {
  readonly text: string;
  /** For a call such as `now("-5m")`: its name; `text` is the argument then. */
  readonly call?: string;
}

export interface CqlClause {
  readonly kind: 'clause';
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly CqlValue[];
}

export type CqlNode =
  | CqlClause
  | { readonly kind: 'not'; readonly of: CqlNode }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly CqlNode[] };

/** A parsed query. */
export interface CqlQuery {
  readonly where: CqlNode;
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean }[];
}

const OPERATORS: readonly string[] = [
  '=',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  '~',
  '!~',
] satisfies readonly Operator[];
const isSymbolOperator = (value: string): value is Operator => OPERATORS.includes(value);

class Parser {
  #at = 0;
  readonly #tokens: readonly Token[];

  constructor(readonly cql: string) {
    this.#tokens = tokenize(cql);
  }

  query(): CqlQuery {
    const where = this.#or();
    const orderBy = this.#accept('order') ? this.#orderBy() : [];
    if (this.#at < this.#tokens.length) this.#fail();
    return { where, orderBy };
  }

  #orderBy(): CqlQuery['orderBy'] {
    this.#expect('by');
    return this.#commaList(() => {
      const field = this.#word().toLowerCase();
      const descending = this.#accept('desc');
      if (!descending) this.#accept('asc');
      return { field, descending };
    });
  }

  #or(): CqlNode {
    const parts = [this.#and()];
    while (this.#accept('or')) parts.push(this.#and());
    return parts.length === 1 ? this.#only(parts) : { kind: 'or', parts };
  }

  #and(): CqlNode {
    const parts = [this.#not()];
    while (this.#accept('and')) parts.push(this.#not());
    return parts.length === 1 ? this.#only(parts) : { kind: 'and', parts };
  }

  #not(): CqlNode {
    if (this.#accept('not')) return { kind: 'not', of: this.#not() };
    if (!this.#accept('(')) return this.#clause();
    const inner = this.#or();
    this.#expect(')');
    return inner;
  }

  #clause(): CqlNode {
    const field = this.#word().toLowerCase();
    const operator = this.#operator();
    const isList = operator === 'in' || operator === 'not in';
    if (!isList) return { kind: 'clause', field, operator, values: [this.#value()] };
    this.#expect('(');
    const values = this.#commaList(() => this.#value());
    this.#expect(')');
    return { kind: 'clause', field, operator, values };
  }

  #operator(): Operator {
    if (this.#accept('not')) {
      this.#expect('in');
      return 'not in';
    }
    if (this.#accept('in')) return 'in';
    const token = this.#next();
    return token.kind === 'symbol' && isSymbolOperator(token.value) ? token.value : this.#fail();
  }

  #value(): CqlValue {
    const token = this.#next();
    if (token.kind === 'text') return { text: token.value };
    if (token.kind === 'symbol') return this.#fail();
    if (!this.#accept('(')) return { text: token.value };
    if (this.#accept(')')) return { call: token.value, text: '' };
    const argument = this.#next();
    this.#expect(')');
    return { call: token.value, text: argument.value };
  }

  #commaList<T>(item: () => T): readonly T[] {
    const items = [item()];
    while (this.#accept(',')) items.push(item());
    return items;
  }

  #only(parts: readonly CqlNode[]): CqlNode {
    return parts[0] ?? this.#fail();
  }

  #word(): string {
    const token = this.#next();
    return token.kind === 'word' ? token.value : this.#fail();
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    return token ?? this.#fail();
  }

  #accept(value: string): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === 'text' || token.value.toLowerCase() !== value) return false;
    this.#at += 1;
    return true;
  }

  #expect(value: string): void {
    if (!this.#accept(value)) this.#fail();
  }

  #fail(): never {
    throw new SandboxError(`Could not parse cql : ${this.cql}`);
  }
}

/** Parses a CQL query; throws SandboxError with Confluence's words when it cannot. */
export const parseCql = (cql: string): CqlQuery => new Parser(cql).query();
