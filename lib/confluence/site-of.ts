/** The address of a site in one form: its host in lower case, without the usual port, without a slash at its end. */
export const siteOf = (base: string): string => {
  if (!URL.canParse(base)) return base;
  const { origin, pathname } = new URL(base);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
};
