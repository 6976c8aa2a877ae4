const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const FORM = /^([1-9]\d{0,5})([smhd])$/;

export const isDuration = (text: string): boolean => FORM.test(text);

/** Milliseconds of `90s`, `15m`, `1h`, `1d`; 0 for what is none. */
export const durationMs = (text: string): number => {
  const [, count = '0', unit = 's'] = FORM.exec(text) ?? [];
  return Number(count) * (UNIT_MS[unit] ?? 0);
};
