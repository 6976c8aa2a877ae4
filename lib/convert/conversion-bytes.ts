/** What converting takes at the most, as measured with bodies made to take much: see its test. */
const BODY_BYTES = 4096;
const CHARACTER_BYTES = 64;
const TAG_BYTES = 512;

/** How much memory `convert` may take for a body, in bytes: an upper bound by its length and its brackets. */
export function conversionBytes(storage: string): number {
  let tags = 0;
  for (let at = storage.indexOf('<'); at >= 0; at = storage.indexOf('<', at + 1)) tags += 1;
  return BODY_BYTES + storage.length * CHARACTER_BYTES + tags * TAG_BYTES;
}

/** As {@link conversionBytes}, for any body of that length, all of it brackets. */
export const mostConversionBytes = (length: number): number =>
  BODY_BYTES + length * (CHARACTER_BYTES + TAG_BYTES);
