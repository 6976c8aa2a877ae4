import { type Observable, lastValueFrom, take, toArray } from 'rxjs';
import type { ListingPage } from '../confluence/walk.js';

/** What a request has come to. */
export type Answer<T> = { readonly value: T } | { readonly error: unknown };

/** Waits for what an Observable emits last; an error is a value, too. */
export const answerTo = async <T>(source$: Observable<T>): Promise<Answer<T>> => {
  try {
    return { value: await lastValueFrom(source$) };
  } catch (error) {
    return { error };
  }
};

/** The beginning of a listing. */
export interface Beginning<T> {
  readonly items: readonly T[];
  /** Whether there is no more of it. */
  readonly isWhole: boolean;
}

/** The items of the first pages of a listing; sends as many requests at most. */
export const beginningOf = async <T>(
  pages$: Observable<ListingPage<T>>,
  requests: number,
): Promise<Answer<Beginning<T>>> => {
  const answer = await answerTo(pages$.pipe(take(requests), toArray()));
  if ('error' in answer) return answer;
  const last = answer.value.at(-1);
  return {
    value: { items: answer.value.flatMap(({ items }) => items), isWhole: last?.next === undefined },
  };
};
