const ENTITY = /&(?=#?[a-z0-9]{1,32};)/gi;
const PLAIN = /^[^\s<>]+$/;
const PARENTHESES = /[()]/g;

/** Whether every parenthesis has its partner: only then may they stand as they are. */
function isBalanced(text: string): boolean {
  let open = 0;
  for (const parenthesis of text.match(PARENTHESES) ?? []) {
    open += parenthesis === '(' ? 1 : -1;
    if (open < 0 || open > MOST_NESTED) return false;
  }
  return open === 0;
}

/** Renderers may give up on deeper nesting. */
const MOST_NESTED = 3;

/** Writes an address as Markdown's link destination, in angle brackets where it needs them. */
function linkDestination(href: string): string {
  const escaped = /[\\&]/.test(href) ? href.replace(/\\/g, '\\\\').replace(ENTITY, '\\&') : href;
  return PLAIN.test(escaped) && isBalanced(escaped)
    ? escaped
    : `<${escaped.replace(/[<>]/g, '\\$&').replace(/\s/g, ' ')}>`;
}

/** The part of a link between its parentheses. */
export function linkResource(href: string, title: string | undefined): string {
  if (title === undefined || title === '') return linkDestination(href);
  const escaped = title.replace(/\s+/g, ' ').replace(/[\\"]/g, '\\$&').replace(ENTITY, '\\&');
  return `${linkDestination(href)} "${escaped}"`;
}
