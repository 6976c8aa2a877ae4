import {
  EMPTY,
  type Observable,
  catchError,
  connect,
  defer,
  endWith,
  filter,
  ignoreElements,
  map,
  merge,
  skip,
  switchMap,
  take,
  takeUntil,
  takeWhile,
} from 'rxjs';
import type { ListingPage } from '../../confluence/walk.js';
import { compareIds } from '../../core/compare-ids.js';

/** So many pages with items come before a listing is long enough to be read from its other end, too. */
export const LONG = 4;

interface Item {
  readonly id: string;
}

/** Follows a walk in the order of ids, and whether it keeps to that order. */
class Course {
  readonly #direction: 1 | -1;
  readonly #ids: string[] = [];
  #isSteady = true;

  constructor(direction: 1 | -1) {
    this.#direction = direction;
  }

  get isSteady(): boolean {
    return this.#isSteady;
  }

  /** The id it has come to; undefined as long as it cannot be relied on. */
  get position(): string | undefined {
    return this.#isSteady ? this.#ids.at(-1) : undefined;
  }

  follow({ items }: ListingPage<Item>): void {
    for (const { id } of items) {
      const last = this.#ids.at(-1);
      if (last !== undefined && compareIds(id, last) * this.#direction <= 0) this.#isSteady = false;
      this.#ids.push(id);
    }
  }

  /** The ids between two, both included, in ascending order. */
  between(from: string, to: string): readonly string[] {
    const ids = this.#ids.filter((id) => compareIds(id, from) >= 0 && compareIds(id, to) <= 0);
    return this.#direction === 1 ? ids : ids.reverse();
  }

  /** It is not to be relied on any more. */
  distrust(): void {
    this.#isSteady = false;
  }
}

/** Whether the walks have met. Where they overlap both must tell the same; the one from the end is left out else. */
const haveMet = (up: Course, down: Course): boolean => {
  const [from, to] = [down.position, up.position];
  if (from === undefined || to === undefined || compareIds(from, to) > 0) return false;
  if (up.between(from, to).join() !== down.between(from, to).join()) down.distrust();
  return down.isSteady;
};

/** A page, and how far the walks are with it. */
interface Stage<T> {
  readonly page: ListingPage<T>;
  readonly areSteady: boolean;
  readonly isMeeting: boolean;
}

/**
 * Walks a listing that is long from both of its ends at once, in half the time: the next page is known only with the one
 * before. Completes when the walks meet, by the ids, or when the ascending one ends. That one is the truth: it goes to its end
 * alone as soon as either does not keep to the order of ids, or they tell different items where they overlap. Items about the
 * meeting come twice.
 */
export const fromBothEnds$ = <T extends Item>(
  ascending$: Observable<ListingPage<T>>,
  descending$: Observable<ListingPage<T>>,
): Observable<ListingPage<T>> =>
  defer(() => {
    const up = new Course(1);
    const down = new Course(-1);
    const stage =
      (course: Course) =>
      (page: ListingPage<T>): Stage<T> => {
        course.follow(page);
        const isMeeting = haveMet(up, down);
        return { page, areSteady: up.isSteady && down.isSteady, isMeeting };
      };
    const downwards$ = descending$.pipe(
      map(stage(down)),
      takeWhile(({ areSteady }) => areSteady),
      catchError(() => EMPTY),
    );
    return ascending$.pipe(
      map(stage(up)),
      connect((upwards$) =>
        merge(
          upwards$,
          upwards$.pipe(
            filter(({ page }) => page.items.length > 0),
            skip(LONG - 1),
            take(1),
            filter(({ page }) => page.next !== undefined),
            switchMap(() => downwards$),
            takeUntil(upwards$.pipe(ignoreElements(), endWith(undefined))),
          ),
        ),
      ),
      takeWhile(({ isMeeting }) => !isMeeting, true),
      map(({ page }) => page),
    );
  });
