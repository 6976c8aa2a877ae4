/** The switches of a running wiki. */
export interface WildSwitch {
  /** Switches on exactly what the text names (see `parseWild`), the rest off; empty: all off. Throws OptionsError. */
  set(spec: string): void;
  /** What is on, in the form that `set` reads. */
  get(): string;
}
