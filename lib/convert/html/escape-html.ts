const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const entity = (character: string): string => ENTITIES[character] ?? character;

export const escapeHtml = (text: string): string => text.replace(/[&<>]/g, entity);

/** For an attribute's value in double quotes, on one line. */
export const escapeAttribute = (text: string): string => text.replace(/\s+/g, ' ').replace(/[&<>"]/g, entity);
