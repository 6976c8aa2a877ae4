import type { FileLink } from '../context.js';
import { paragraph, text } from '../document/nodes.js';
import type { Paragraph } from '../document/nodes.js';
import { follow, pushFollowed } from '../links/follow.js';
import type { Scope } from '../scope.js';
import type { BuiltInMacro } from './built-in.js';
import type { MacroElement } from './macro-element.js';
import { fileParameter } from './file-parameter.js';
import { pageParameter } from './page-parameter.js';
import { macroComment, unknownMacro } from './unknown-macro.js';

const PICTURE = /\.(?:apng|avif|bmp|gif|ico|jpe?g|png|svg|webp)$/i;

const file: BuiltInMacro = (macro, scope) => {
  const reference = fileParameter(macro, scope);
  if (reference === undefined) {
    unknownMacro(macro, scope);
    return;
  }
  const followed = follow(reference, scope);
  pushFollowed(followed, scope);
  if (followed.link === undefined) scope.push(macroComment(macro));
};

const filesToList = (macro: MacroElement, scope: Scope): readonly FileLink[] | undefined =>
  pageParameter(macro, 'page') === undefined &&
  scope.page.owner === undefined &&
  scope.page.expansions.take('content')
    ? scope.page.context.attachments?.()
    : undefined;

const linkTo = ({ name, href }: FileLink): Paragraph => paragraph(text(name, [{ type: 'link', href }]));

const attachments: BuiltInMacro = (macro, scope) => {
  const files = filesToList(macro, scope);
  if (files === undefined) unknownMacro(macro, scope);
  else if (files.length > 0) {
    scope.push({ type: 'list', ordered: false, items: files.map((each) => ({ children: [linkTo(each)] })) });
  }
};

const listsName = (list: string | undefined, name: string): boolean =>
  list?.split(',').some((each) => each.trim() === name) === true;

const gallery: BuiltInMacro = (macro, scope) => {
  const files = filesToList(macro, scope);
  const title = macro.parameter('title');
  const include = macro.parameter('include');
  if (title !== undefined) scope.push(paragraph(text(title, ['strong'])));
  if (files === undefined) unknownMacro(macro, scope);
  for (const { name, href } of files ?? []) {
    const isShown = PICTURE.test(name) && (include === undefined || listsName(include, name));
    if (isShown && !listsName(macro.parameter('exclude'), name)) {
      scope.push(paragraph({ type: 'image', href, alt: name }));
    }
  }
};

const VIEWERS = ['view-file', 'viewdoc', 'viewxls', 'viewppt', 'viewpdf', 'multimedia'];

/** Files and pictures of a page. */
export const fileMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ...VIEWERS.map((name) => [name, file] as const),
  ['attachments', attachments],
  ['gallery', gallery],
];
