const POWERS = ['', 'k', 'm', 'g', 't'] as const;

const FORM = /^(\d+(?:\.\d+)?) ?([kmgt]?)(i?b)?$/;

/**
 * The bytes that a size means: `500000`, `500K`, `10M`, `1.5G`, or with a unit in full, `10MiB`, `10MB`, in any case. As
 * elsewhere `M` and `MiB` are of 1024, `MB` of 1000. Undefined when it is no size, or less than a byte.
 */
export const parseByteSize = (text: string): number | undefined => {
  const [, number, prefix, unit] = FORM.exec(text.trim().toLowerCase()) ?? [];
  if (number === undefined) return undefined;
  const power = POWERS.findIndex((each) => each === prefix);
  if (power === 0 && unit === 'ib') return undefined;
  const bytes = Math.floor(Number(number) * (unit === 'b' ? 1000 : 1024) ** power);
  return bytes >= 1 && Number.isSafeInteger(bytes) ? bytes : undefined;
};

/** The shortest text that {@link parseByteSize} understands as these bytes. */
export const byteSizeText = (bytes: number): string => {
  for (const [base, unit] of [
    [1024, ''],
    [1000, 'B'],
  ] as const)
    for (let power = POWERS.length - 1; power > 0; power -= 1)
      if (bytes % base ** power === 0)
        return `${bytes / base ** power}${POWERS[power]?.toUpperCase() ?? ''}${unit}`;
  return String(bytes);
};
