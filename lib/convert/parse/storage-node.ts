/** An element of the storage format. Names keep their prefix (`ac:link`); text below is decoded. */
export interface StorageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly StorageNode[];
}

/** `cdata` text is literal: its line breaks and runs of spaces count. */
export interface StorageText {
  readonly text: string;
  readonly cdata: boolean;
}

/** What a body is made of. */
export type StorageNode = StorageElement | StorageText;

export const isElement = (node: StorageNode): node is StorageElement => 'name' in node;

/** The first child element with one of these names. */
export function childNamed(element: StorageElement, ...names: readonly string[]): StorageElement | undefined {
  for (const child of element.children) if (isElement(child) && names.includes(child.name)) return child;
  return undefined;
}

/** All child elements with this name. */
export const childrenNamed = (element: StorageElement, name: string): readonly StorageElement[] =>
  element.children.filter(isElement).filter((child) => child.name === name);

/** The text below, as it stands. */
export function textOf(node: StorageNode): string {
  if (!isElement(node)) return node.text;
  let text = '';
  for (const child of node.children) text += textOf(child);
  return text;
}

/** The text of a plain-text body: its CDATA sections joined when it has some, else all of its text. */
export function literalTextOf(element: StorageElement): string {
  const sections = element.children.filter((child) => !isElement(child) && child.cdata);
  return sections.length === 0 ? textOf(element) : sections.map(textOf).join('');
}
