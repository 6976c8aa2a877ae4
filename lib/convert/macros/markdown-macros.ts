import { linkTo } from '../links/link-to.js';
import type { Scope } from '../scope.js';
import type { BuiltInMacro } from './built-in.js';

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const HTML_OR_ENTITY = /<[a-z/!?]|&#?[a-z0-9]+;/i;
const DEFINITION = /^ {0,3}\[[^\]]+\]:/m;
const DESTINATION = /\]\(\s*<?([^\s)>]*)/g;

/** The lines outside fenced code, `undefined` when a fence stays open. */
function outsideFences(markdown: string): string | undefined {
  let open: string | undefined;
  const lines: string[] = [];
  for (const line of markdown.split('\n')) {
    const [, marker = '', info = ''] = FENCE.exec(line) ?? [];
    if (open === undefined && marker === '') lines.push(line);
    else if (open === undefined) open = marker;
    else if (marker.startsWith(open) && info.trim() === '') open = undefined;
  }
  return open === undefined ? lines.join('\n') : undefined;
}

/** Whether Markdown from the page can stand in the output: no HTML, no unsafe link, nothing that reaches beyond it. */
function isSafe(markdown: string, scope: Scope): boolean {
  const prose = outsideFences(markdown);
  if (prose === undefined || HTML_OR_ENTITY.test(prose) || DEFINITION.test(prose)) return false;
  for (const [, href = ''] of prose.matchAll(DESTINATION)) {
    if (href.includes('\\') || (href !== '' && linkTo(href, scope) === undefined)) return false;
  }
  return true;
}

const markdown: BuiltInMacro = (macro, scope) => {
  const value = (macro.takeText() ?? '').replace(/^\s*\n/, '').trimEnd();
  if (value !== '' && isSafe(value, scope)) scope.push({ type: 'markdown', value });
  else if (value !== '') scope.push({ type: 'code', lang: 'markdown', value });
};

/** Markdown in a macro: as it is when that is safe, else as a code block. */
export const markdownMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['markdown', markdown],
  ['md', markdown],
];
