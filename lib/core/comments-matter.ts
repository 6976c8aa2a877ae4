import { z } from 'zod';
import type { ListedPage, Space } from './content.js';
import { viewAddress } from './view-address.js';

/** What stands above the comments of a page. */
export interface CommentsMatter {
  /** Id of the page or blog post. */
  readonly page: string;
  readonly title: string;
  readonly url: string;
  /** How many there are, replies included. */
  readonly comments: number;
}

export const commentsMatter = (
  { id, title }: Pick<ListedPage, 'id' | 'title'>,
  { baseUrl }: Pick<Space, 'baseUrl'>,
  comments: number,
): CommentsMatter => ({ page: id, title, url: viewAddress(baseUrl, id), comments });

const Counted = z.object({ comments: z.number() });

/** How many comments there are by front matter that was written before. @throws ZodError when it is none */
export const countIn = (matter: unknown): number => Counted.parse(matter).comments;
