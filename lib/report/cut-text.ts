/** A text of at most so many characters, never half of one; the last one tells that it was cut. */
export const cutText = (text: string, most: number): string =>
  text.length <= most
    ? text
    : `${Array.from(text.slice(0, 2 * most))
        .slice(0, most - 1)
        .join('')}…`;
