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

/** So many pages of a listing come before it is long enough to be read from its other end, too. */
const LONG = 4;

/** One item alone does not tell in which direction its listing goes. */
const LEAST = 2;

interface Item {
  readonly id: string;
}

/** Follows a walk in the order of ids: how far it is, and whether it keeps to that order. */
class Course {
  readonly #direction: 1 | -1;
  #count = 0;
  #last: string | undefined;
  #isSteady = true;

  constructor(direction: 1 | -1) {
    this.#direction = direction;
  }

  get isSteady(): boolean {
    return this.#isSteady;
  }

  /** The id it has come to; undefined as long as it cannot be relied on. */
  get position(): string | undefined {
    return this.#isSteady && this.#count >= LEAST ? this.#last : undefined;
  }

  follow({ items }: ListingPage<Item>): void {
    for (const { id } of items) {
      if (this.#last !== undefined && compareIds(id, this.#last) * this.#direction <= 0)
        this.#isSteady = false;
      this.#last = id;
      this.#count += 1;
    }
  }
}

/** A page, and how far the walks are with it. */
interface Stage<T> {
  readonly page: ListingPage<T>;
  readonly areSteady: boolean;
  readonly haveMet: boolean;
}

const haveMet = (up: Course, down: Course): boolean =>
  up.position !== undefined && down.position !== undefined && compareIds(up.position, down.position) >= 0;

/**
 * Walks a listing that is long from both of its ends at once, in half the time: the next page is known only with the one
 * before. Completes when the walks meet, by the ids, or when the ascending one ends. That one is the truth: as soon as either
 * does not keep to the order of ids, or the descending one fails, it goes to its end alone. Items about the meeting come twice.
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
        return { page, areSteady: up.isSteady && down.isSteady, haveMet: haveMet(up, down) };
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
            skip(LONG - 1),
            take(1),
            filter(({ page }) => page.next !== undefined),
            switchMap(() => downwards$),
            takeUntil(upwards$.pipe(ignoreElements(), endWith(undefined))),
          ),
        ),
      ),
      takeWhile((each) => !each.haveMet, true),
      map(({ page }) => page),
    );
  });
