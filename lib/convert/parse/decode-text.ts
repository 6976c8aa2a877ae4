import { decodeHTMLStrict } from 'entities';

/** What XML forbids, and the noncharacters that callers may use as sentinels in their own links. */
const ILLEGAL = /[^\P{Cc}\t\n]|[\p{Cs}\ufffe\uffff]/gu;

/** A quick look for any of them, and for pairs of surrogates: most texts have none. */
const SUSPECT = /[^\t\n -~\u00a0-\ud7ff\ue000-\ufffd]/;

/** Half a surrogate pair, which no address and no file can hold, becomes the replacement character. */
const replacement = (illegal: string): string => (/\p{Cs}/u.test(illegal) ? '\ufffd' : '');

/** Text without the characters that XML forbids; every line break is a line feed. */
export const legalText = (text: string): string =>
  SUSPECT.test(text) ? text.replace(/\r\n?/g, '\n').replace(ILLEGAL, replacement) : text;

/** Decodes the entities of XML and HTML; an ampersand that starts none stays. */
export const decodeText = (text: string): string =>
  text.includes('&') ? legalText(decodeHTMLStrict(text)) : text;
