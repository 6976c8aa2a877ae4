import type { OperatorFunction } from 'rxjs';
import type { FolderById } from '../../confluence/listings.js';
import type { ContainerType } from '../../core/content.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { settle } from '../../operators/settle.js';
import { type Fetched, type FetchConfig, type Fetching, isFatalFetch } from './fetching.js';

/** A folder, whiteboard, database or embed by its id. */
export interface FolderRef {
  readonly type: ContainerType;
  readonly id: string;
}

/** See `Fetchers`. */
export const fetchFolders = <T extends FolderRef>(
  { client, limit$ }: Fetching,
  config: FetchConfig,
): OperatorFunction<T, Fetched<T, FolderById>> =>
  adaptiveMergeMap(
    settle(({ type, id }: T) => client.folder$(type, id), { isFatal: isFatalFetch }),
    { ...config, limit$ },
  );
