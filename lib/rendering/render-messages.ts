import type { Measured } from '../store/write-new-file.js';
import type { Answers, Questions } from './asked-surroundings.js';
import type { TextJob, TextLinks } from './render-text.js';

/** What a worker is asked to do: make the text of a page, and write it to a file that is not there yet. */
export interface RenderRequest {
  readonly job: TextJob;
  /** How the file system names the file. */
  readonly location: string;
}

/** What was asked, and its answers. */
export interface Exchange {
  readonly questions: Questions;
  readonly answers: Answers;
}

/** A text that was written. */
export interface WrittenText extends TextLinks, Measured {}

/** Why a text was not written. */
export interface RenderFailure {
  readonly message: string;
  /** What the system said when it refused the file, such as `ENOSPC`; absent when the page cannot be converted. */
  readonly code?: string;
  readonly syscall?: string;
}

export type ToWorker =
  | {
      readonly type: 'render';
      readonly id: number;
      readonly request: RenderRequest;
      /** A worker has died with it: it may have written the file. */
      readonly isAgain: boolean;
      /** What the page will ask, as far as that is known before. */
      readonly ahead?: Exchange;
    }
  | ({ readonly type: 'answers'; readonly id: number } & Exchange)
  | { readonly type: 'drop'; readonly id: number };

export type FromWorker =
  | { readonly type: 'questions'; readonly id: number; readonly questions: Questions }
  | { readonly type: 'written'; readonly id: number; readonly text: WrittenText }
  | { readonly type: 'failed'; readonly id: number; readonly failure: RenderFailure };
