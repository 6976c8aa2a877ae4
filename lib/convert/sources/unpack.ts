import { decompressSync } from 'fflate';
import { legalText } from '../parse/decode-text.js';
import { decodePercent } from '../links/url-reference.js';
import { parseRecord } from '../parse/parse-record.js';
import { SOURCE_PARAMETERS } from './source-parameters.js';

const BASE64 = /^[a-z0-9+/\s]{16,}={0,2}$/i;
const ESCAPE = /%[0-9a-f]{2}/i;

/** A packed source may grow this much: sources pack to a third or a fifth, so what grows more is none. */
const MOST_GROWTH = 10;
const MOST_EXTRA = 1000;
/** JSON in JSON ends here. */
const DEEPEST = 3;

/** Bytes as a text; `undefined` where they are none. */
const asText = (bytes: Uint8Array): string | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return legalText(text) === text.replace(/\r\n?/g, '\n') ? text : undefined;
  } catch {
    return undefined;
  }
};

/** Unpacks raw deflate, zlib or gzip; `undefined` for other data, and for what grows without measure. */
function inflate(bytes: Uint8Array): Uint8Array | undefined {
  const out = new Uint8Array(bytes.length * MOST_GROWTH + MOST_EXTRA);
  try {
    const found = decompressSync(bytes, { out });
    return found.length < out.length ? found : undefined;
  } catch {
    return undefined;
  }
}

function fromBase64(value: string): string | undefined {
  if (!BASE64.test(value)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
    const packed = inflate(bytes);
    return asText(packed ?? bytes);
  } catch {
    return undefined;
  }
}

function fromEscapes(value: string): string | undefined {
  return /\s/.test(value) || !ESCAPE.test(value) ? undefined : decodePercent(value);
}

function fromJson(value: string): string | undefined {
  const members = value.trimStart().startsWith('{') ? parseRecord(value) : undefined;
  return SOURCE_PARAMETERS.map((name) => members?.[name]).find((member) => typeof member === 'string');
}

/** The text of a source that an app has packed: as JSON, in Base64, deflated, with percent escapes, or as it is. */
export function unpack(value: string, depth = DEEPEST): string {
  const inner = depth === 0 ? undefined : (fromJson(value) ?? fromBase64(value) ?? fromEscapes(value));
  return inner === undefined ? value : unpack(legalText(inner), depth - 1);
}
