import { z } from 'zod';

/** What is left of an answer that is a page of HTML. */
export interface HtmlAnswer {
  readonly htmlTitle: string;
}

/** The forms of error body: v2, v1 and gateway, an IP allowlist, and a page of HTML. Any of them may be missing. */
const ErrorBody = z.object({
  errors: z.array(z.object({ title: z.string().nullish(), detail: z.string().nullish() })).nullish(),
  message: z.string().nullish(),
});
const OtherBody = z.object({
  errorMessages: z.array(z.string()).optional(),
  htmlTitle: z.string().optional(),
});

/** What an error answer says. */
export interface AnswerWords {
  /** At most 300 characters; empty when it says nothing. */
  readonly words: string;
  /** Whether it says it in the way of the wiki's own API; something before the wiki may say it otherwise. */
  readonly isOfApi: boolean;
}

const cut = (text: string): string => text.slice(0, 300).replace(/\.+$/, '');

/** What the decoded body of an error says. */
export const answerWords = (data: unknown): AnswerWords => {
  const body = ErrorBody.safeParse(data);
  const own = body.success
    ? (body.data.errors?.map((e) => [e.title, e.detail].filter(Boolean).join(' ')).join('; ') ??
      body.data.message ??
      '')
    : '';
  if (own !== '') return { words: cut(own), isOfApi: true };
  const other = OtherBody.safeParse(data);
  const text = other.success ? (other.data.errorMessages?.join(' ') ?? other.data.htmlTitle ?? '') : '';
  return { words: cut(text), isOfApi: false };
};

/** A title stands near the beginning of a page. */
const HEAD_BYTES = 64 * 1024;

/** The title of a page of HTML, on one line; empty when it has none. */
export const htmlAnswer = (bytes: Buffer): HtmlAnswer => {
  const [, title = ''] = /<title[^>]*>([^<]*)/i.exec(bytes.toString('utf8', 0, HEAD_BYTES)) ?? [];
  return { htmlTitle: title.replace(/\s+/g, ' ').trim() };
};
