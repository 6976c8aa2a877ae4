type Paint = (text: string) => string;

/** Colours by what they mean. */
export interface Style {
  readonly good: Paint;
  readonly caution: Paint;
  readonly bad: Paint;
  readonly accent: Paint;
  readonly strong: Paint;
  readonly faint: Paint;
}

const asItIs: Paint = (text) => text;

/** No colours. */
export const PLAIN: Style = {
  good: asItIs,
  caution: asItIs,
  bad: asItIs,
  accent: asItIs,
  strong: asItIs,
  faint: asItIs,
};

/** By the codes of ECMA-48. Node's `styleText` looks at the environment and at stdout, whatever it is asked for. */
const paint =
  (on: number, off: number): Paint =>
  (text) =>
    `\u001b[${on}m${text}\u001b[${off}m`;

const COLORED: Style = {
  good: paint(32, 39),
  caution: paint(33, 39),
  bad: paint(31, 39),
  accent: paint(36, 39),
  strong: paint(1, 22),
  faint: paint(2, 22),
};

export interface StyleChoice {
  readonly isTty: boolean;
  /** `--color` or `--no-color`; undefined when neither is given. */
  readonly color?: boolean | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What is asked for, else colours on a terminal that has them, unless `NO_COLOR` says otherwise. */
export const styleFor = ({ isTty, color, env: { NO_COLOR = '', TERM } }: StyleChoice): Style =>
  (color ?? (isTty && NO_COLOR === '' && TERM !== 'dumb')) ? COLORED : PLAIN;
