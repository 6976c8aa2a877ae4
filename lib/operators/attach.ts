import { Observable, type Observer, type Subscription } from 'rxjs';

/**
 * Returns the subscription of `observer` to `source`, made a child of `parent` before the first value: a synchronous
 * source therefore stops at once when the parent closes.
 */
export const attach = <T>(
  source: Observable<T>,
  parent: Subscription,
  observer: Partial<Observer<T>>,
): Subscription =>
  new Observable<T>((subscriber) => {
    parent.add(subscriber);
    return source.subscribe(subscriber);
  }).subscribe(observer);
