import { conversionBytes, mostConversionBytes } from '../../convert/conversion-bytes.js';
import { adfBytes } from '../../core/adf-bytes.js';
import type { BodyFormat } from '../../core/content.js';
import { megabytes } from '../../core/memory-shares.js';
import { ConversionError } from '../../errors/conversion-error.js';
import type { Run } from '../run/run.js';

type Shares = Pick<Run, 'shares'>;

const bytesOf = (bodies: readonly string[], format: BodyFormat): number =>
  bodies.reduce((sum, body) => sum + (format === 'adf' ? adfBytes(body) : conversionBytes(body)), 0);

/** Whether bodies fit whatever is in them, as nearly all do. */
const isSmall = (share: number, bodies: readonly string[], format: BodyFormat): boolean =>
  format !== 'adf' && bodies.reduce((sum, body) => sum + mostConversionBytes(body.length), 0) <= share;

/** Whether bodies can be looked through within a page's share of memory. */
export const fits = ({ shares }: Shares, bodies: readonly string[], format: BodyFormat): boolean =>
  isSmall(shares.page, bodies, format) || bytesOf(bodies, format) <= shares.page;

/** @throws ConversionError for bodies that may take more memory than the share of a page; `what`: whose they are */
export const checkFits = (run: Shares, what: string, bodies: readonly string[], format: BodyFormat): void => {
  if (fits(run, bodies, format)) return;
  const characters = bodies.reduce((sum, body) => sum + body.length, 0);
  const needed = megabytes(bytesOf(bodies, format));
  throw new ConversionError(
    `${what} cannot be converted: ${characters} characters may take ${needed} of memory, and a page gets ${megabytes(run.shares.page)}.`,
    {
      hint: "Make it smaller in the wiki, give Node.js a larger heap (max-old-space-size in NODE_OPTIONS), of which a page gets a third, or pull pages as they are, with `format: 'storage'`.",
    },
  );
};

/** Runs the converter on bodies that fit into memory; whatever it throws fails this page only. */
export const converting = <T>(run: Shares, what: string, bodies: readonly string[], work: () => T): T => {
  checkFits(run, what, bodies, 'markdown');
  try {
    return work();
  } catch (cause) {
    throw new ConversionError(`${what} cannot be converted to Markdown.`, { cause });
  }
};
