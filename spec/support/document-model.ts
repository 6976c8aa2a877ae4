import { type DocumentLine, MirrorDocument } from '../../lib/documents/document.js';

/** An index as a reader of documents keeps it, and what is wrong with what it is sent. */
export class DocumentModel {
  readonly documents = new Map<string, MirrorDocument>();
  /** Ids of what was sent again although it was here already. */
  readonly again: string[] = [];
  run: string | undefined;
  /** Whether all lines of the last stream were taken. */
  isWhole = true;

  /** Takes lines until there is none, or one too many; then the reader dies and knows no new run. */
  async take(lines: AsyncIterable<DocumentLine>, most = Infinity): Promise<DocumentLine | undefined> {
    let count = 0;
    const wasWhole = this.isWhole;
    this.isWhole = false;
    for await (const line of lines) {
      count += 1;
      if (count > most) return undefined;
      if (line.op === 'end') {
        this.run = line.run;
        this.isWhole = line.pendingCount === 0;
        return line;
      }
      this.#apply(line, wasWhole);
    }
    return undefined;
  }

  #apply(line: Exclude<DocumentLine, { op: 'end' }>, wasWhole: boolean): void {
    if (line.op === 'delete') {
      this.documents.delete(line.id);
      return;
    }
    const document = MirrorDocument.parse(line);
    const before = this.documents.get(document.id);
    if (wasWhole && JSON.stringify(before) === JSON.stringify(document)) this.again.push(document.id);
    this.documents.set(document.id, document);
  }
}

/** What differs between two indexes, one line an id. */
export const modelDifference = (
  found: ReadonlyMap<string, MirrorDocument>,
  expected: ReadonlyMap<string, MirrorDocument>,
): readonly string[] => [
  ...[...expected].flatMap(([id, document]) => {
    const other = found.get(id);
    if (other === undefined) return [`missing: ${id}`];
    return JSON.stringify(other) === JSON.stringify(document) ? [] : [`different: ${id}`];
  }),
  ...[...found.keys()].flatMap((id) => (expected.has(id) ? [] : [`litter: ${id}`])),
];
