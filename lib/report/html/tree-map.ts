import { hierarchy, type HierarchyRectangularNode, treemap, treemapSquarify } from 'd3-hierarchy';
import { html } from 'hono/html';
import { humanBytes, quantity } from '../../core/human.js';
import type { SizeNode } from '../size-tree.js';
import { foreign, type Markup, percent, tableBehind } from './markup.js';

type Cell = HierarchyRectangularNode<SizeNode>;

/** Width to height, about as the map is drawn. */
const WIDTH = 1000;
const HEIGHT = 480;
const COLORS = 6;

/** Names have no room in cells that are smaller, in percent. */
const NARROW = 7;
const LOW = 8;
/** Nor on a small screen in these. */
const SMALL = 22;

const layOut = (root: SizeNode): Cell =>
  treemap<SizeNode>().tile(treemapSquarify).size([WIDTH, HEIGHT]).paddingInner(2).round(true)(
    hierarchy(root, ({ children }) => children).sum(({ children, bytes }) =>
      children.length === 0 ? bytes : 0,
    ),
  );

/** Its names from the root on. */
const nameOf = (cell: Cell): string =>
  cell
    .ancestors()
    .slice(0, -1)
    .toReversed()
    .map(({ data }) => data.name)
    .join(' / ');

const rectangle = (cell: Cell, color: number): Markup => {
  const [width, height] = [((cell.x1 - cell.x0) * 100) / WIDTH, ((cell.y1 - cell.y0) * 100) / HEIGHT];
  const isNamed = width >= NARROW && height >= LOW;
  const x = percent((cell.x0 * 100) / WIDTH);
  const y = percent((cell.y0 * 100) / HEIGHT);
  return html`<svg x="${x}" y="${y}" width="${percent(width)}" height="${percent(height)}">
    <title>${nameOf(cell)}: ${humanBytes(cell.data.bytes)}, ${quantity(cell.data.files, 'file')}</title>
    <rect class="cell ${cell.data.isRest ? 'rest' : `color-${color % COLORS}`}" width="100%" height="100%" />
    ${isNamed ? html`<text x="6" y="17" class="${width < SMALL ? 'wide' : ''}">${cell.data.name}</text>` : ''}
  </svg>`;
};

const linked = ({ name, path }: SizeNode, href: (path: string) => string): Markup =>
  path === undefined ? foreign(name) : html`<a href="${href(path)}">${foreign(name)}</a>`;

const map = (id: string, root: SizeNode): Markup => {
  const [largest] = root.children;
  const text = largest ? ` The largest part: ${largest.name}, ${humanBytes(largest.bytes)}.` : '';
  return html`<svg class="map" role="img" aria-labelledby="${id}-title ${id}-text">
    <title id="${id}-title">The mirror by size</title>
    <desc id="${id}-text">${humanBytes(root.bytes)} in ${quantity(root.files, 'file')}.${text}</desc>
    ${layOut(root).children?.map((part, i) => part.leaves().map((leaf) => rectangle(leaf, i)))}
  </svg>`;
};

/** A tree map of the mirror: each page at its root with all below it in one colour. `href` leads to a file of the mirror. */
export const treeMap = (id: string, root: SizeNode, href: (path: string) => string): Markup =>
  root.bytes === 0
    ? html`<p>There is no file yet.</p>`
    : html`<figure>
        <figcaption>
          Bytes of the files on disk. Each colour is a page at the root of the space with all below it.
        </figcaption>
        ${map(id, root)}
        ${tableBehind({
          caption: 'The mirror by size',
          columns: ['Page, and what is below it', 'Size', 'Files'],
          rows: root.children.flatMap((part) => [
            [linked(part, href), humanBytes(part.bytes), part.files],
            ...part.children.map((child) => [
              html`<span class="below">${linked(child, href)}</span>`,
              humanBytes(child.bytes),
              child.files,
            ]),
          ]),
        })}
      </figure>`;
