const INVISIBLE = /[\p{Cc}\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064]+/gu;
/** Also behind a scheme that passes what follows on, as `feed:` and `jar:` do. */
const UNSAFE =
  /^(?:[a-z][\w+.-]*:)*?(?:javascript|vbscript|livescript|mocha|data|blob|filesystem|about|view-source):/i;

/** The address without line breaks and outer spaces; `undefined` when it could run code. */
export function safeHref(href: string): string | undefined {
  return UNSAFE.test(href.replace(INVISIBLE, '')) ? undefined : href.trim().replace(/[\t\n]+/g, '');
}
