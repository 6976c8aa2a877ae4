/** What output goes to. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly isOutTty: boolean;
  readonly isErrTty: boolean;
  /** Of stderr; 0 when nobody knows. */
  readonly columns: () => number;
  /** Of stderr; 0 when nobody knows. */
  readonly rows: () => number;
  /** Calls back when stderr has another size; returns what ends that. */
  readonly onResize: (listener: () => void) => () => void;
}
