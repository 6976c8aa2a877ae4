const QUOTED = /^(["'`]).*\1$/s;
/** White space and characters that nobody sees: none is part of an email or of a token. */
const UNSEEN = /[\s\p{C}]/u;

/** What an email or a token must be and is not, to follow "must"; undefined for one that may be right. */
export const credentialRule = (text: string): string | undefined => {
  if (QUOTED.test(text)) return 'stand without quotes around it';
  return UNSEEN.test(text) ? 'hold no white space and no control characters' : undefined;
};
