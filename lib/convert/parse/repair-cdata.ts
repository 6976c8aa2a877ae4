import { finder } from './finder.js';

const START = '<![CDATA[';
const END = ']]>';
/** Ends the element that holds a CDATA section. */
const CLOSING = '</ac:plain-text-';

/**
 * Storage format where every CDATA section ends: one that runs on into the next, or that nothing ends, ends with its
 * element; without such an end it is no section.
 */
export function repairCdata(source: string): string {
  const nextStart = finder(source, START);
  const nextEnd = finder(source, END);
  const nextClosing = finder(source, CLOSING);
  const parts: string[] = [];
  let done = 0;
  for (let start = nextStart(0); start < Infinity; start = nextStart(start)) {
    const content = start + START.length;
    const end = nextEnd(content);
    const closing = nextClosing(content);
    // A section right after another goes on with what one alone cannot hold, such as an example of CDATA.
    const isFirst = !source.startsWith(END, start - END.length);
    const isOpen = end === Infinity || (isFirst && closing < end && nextStart(content) < end);
    if (!isOpen) {
      start = end;
      continue;
    }
    if (closing === Infinity) parts.push(source.slice(done, start));
    else parts.push(source.slice(done, closing), END);
    done = closing === Infinity ? content : closing;
    start = done;
  }
  return done === 0 ? source : parts.join('') + source.slice(done);
}
