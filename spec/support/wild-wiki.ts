/**
 * What a wiki may do at once, for good, and a mirror loses nothing by: the random tests run on it, too. Rows that trade
 * places are left out, as nothing can tell a file that is seen nowhere.
 */
export const WILD =
  'same-cursor-end;empty-first-space;short-pages;bulk-cap=20;large-limit=100;no-order-by;odd-fields;stated-size;numeric-ids';
