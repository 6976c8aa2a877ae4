/** What repetition and commas list; `between` tells commas that part from those that belong to an entry. */
export const listOf = (given: readonly string[], between = /,/): string[] =>
  given
    .flatMap((each) => each.split(between))
    .map((each) => each.trim())
    .filter((each) => each !== '');
