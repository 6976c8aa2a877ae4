import { promisify, types } from 'node:util';
import { brotliDecompress, constants, unzip, type ZlibOptions } from 'node:zlib';
import { AxiosError, type AxiosAdapter, type AxiosResponse } from 'axios';
import { TOO_LARGE } from './api-errors.js';

type Unpack = (bytes: Buffer, options: ZlibOptions) => Promise<Buffer>;

const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = constants;

const inflateBytes: Unpack = promisify(unzip);
const unbrotliBytes: Unpack = promisify(brotliDecompress);

/** What breaks off is unpacked as far as it goes: what is missing in it tells. */
const unpackZlib: Unpack = (bytes, options) => inflateBytes(bytes, { ...options, finishFlush: Z_SYNC_FLUSH });

const unpackBrotli: Unpack = (bytes, options) =>
  unbrotliBytes(bytes, { ...options, finishFlush: BROTLI_OPERATION_FLUSH });

/** By `Content-Encoding`. */
const UNPACKERS: Readonly<Record<string, Unpack>> = {
  gzip: unpackZlib,
  'x-gzip': unpackZlib,
  deflate: unpackZlib,
  br: unpackBrotli,
};

/** What we can unpack, for `Accept-Encoding`. */
export const ENCODINGS = 'gzip, deflate, br';

/** The largest parts in which an answer is unpacked; in those of 16 KB, as streams do it, that takes three times as long. */
const MOST_PART_BYTES = 1024 * 1024;
const LEAST_PART_BYTES = 16 * 1024;
/** JSON is packed to about so small a part of it. */
const RATIO = 8;

const partBytes = ({ length }: Buffer): number =>
  Math.min(Math.max(RATIO * length, LEAST_PART_BYTES), MOST_PART_BYTES);

const isTooLarge = (error: unknown): boolean =>
  types.isNativeError(error) && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

const unpack = async (response: AxiosResponse, maxBytes: number): Promise<void> => {
  const { headers, config } = response;
  const bytes: unknown = response.data;
  const unpackBytes = UNPACKERS[String(headers['content-encoding'] ?? '').toLowerCase()];
  if (unpackBytes === undefined || !Buffer.isBuffer(bytes) || bytes.length === 0) return;
  try {
    response.data = await unpackBytes(bytes, { chunkSize: partBytes(bytes), maxOutputLength: maxBytes });
  } catch (error) {
    response.data = undefined;
    if (isTooLarge(error)) throw new AxiosError(TOO_LARGE, TOO_LARGE, config);
    throw AxiosError.from(
      types.isNativeError(error) ? error : new Error(String(error)),
      undefined,
      config,
      undefined,
      response,
    );
  }
};

/**
 * The same adapter for answers that come as buffers, which it unpacks.
 * @throws AxiosError `TOO_LARGE` for one of more than `maxBytes`; that of zlib, with the answer, for one that is not what it says
 */
export const unpacking =
  (adapter: AxiosAdapter, maxBytes: number): AxiosAdapter =>
  async (config) => {
    try {
      const response = await adapter({ ...config, decompress: false });
      await unpack(response, maxBytes);
      return response;
    } catch (error) {
      // What an error says is read if it can be.
      if (error instanceof AxiosError && error.response !== undefined)
        await unpack(error.response, maxBytes).catch(() => undefined);
      throw error;
    }
  };
