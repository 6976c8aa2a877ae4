/** An address of a page or blog post that holds whatever its title and space; `baseUrl`: the site's, ending in `/wiki`. */
export const viewAddress = (baseUrl: string, id: string): string =>
  `${baseUrl}/pages/viewpage.action?pageId=${id}`;

/** The address of a page: the wiki's own where it tells one. */
export const pageAddress = (
  baseUrl: string,
  { id, webui }: { readonly id: string; readonly webui?: string | undefined },
): string => (webui === undefined || webui === '' ? viewAddress(baseUrl, id) : baseUrl + webui);

/** An address of an attachment, by the id of the page that it hangs on. */
export const attachmentAddress = (baseUrl: string, pageId: string, name: string): string =>
  `${baseUrl}/download/attachments/${pageId}/${encodeURIComponent(name)}`;
