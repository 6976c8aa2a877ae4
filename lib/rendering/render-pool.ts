import { types } from 'node:util';
import { conversionBytes } from '../convert/index.js';
import { ConversionError } from '../errors/conversion-error.js';
import { answerAhead } from './answer-ahead.js';
import { answersTo } from './asked-surroundings.js';
import type { FromWorker, RenderFailure, RenderRequest, ToWorker, WrittenText } from './render-messages.js';
import type { Surroundings } from './surroundings.js';

/** A worker thread, as the pool needs it. */
export interface RenderWorker {
  readonly postMessage: (messages: readonly ToWorker[]) => void;
  readonly on: {
    (event: 'message', listener: (messages: readonly FromWorker[]) => void): unknown;
    (event: 'error', listener: (error: unknown) => void): unknown;
  };
  readonly terminate: () => unknown;
}

export interface RenderPoolOptions {
  /** How many workers, at least one. */
  readonly size: number;
  readonly start: () => RenderWorker;
  /** Bytes that the pages in the hands of one worker may take; one alone may always come. */
  readonly share: number;
}

interface Task {
  readonly id: number;
  readonly request: RenderRequest;
  readonly surroundings: Surroundings;
  readonly weight: number;
  readonly done: (text: WrittenText | undefined) => void;
  readonly failed: (error: unknown) => void;
  /** A worker has died with it and others. */
  isSuspect: boolean;
}

interface Lane {
  readonly worker: RenderWorker;
  readonly tasks: Map<number, Task>;
}

/** Pages that travel together: to wake another thread for each costs more than to wait for the others. */
const BATCH = 8;
/** Pages in the hands of one worker: it works on one batch while the next one waits. */
const IN_HAND = 2 * BATCH;

const isOutOfMemory = (error: unknown): boolean =>
  types.isNativeError(error) && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

const whatOf = ({ request: { job } }: Task): string => `Page ${job.page.id}`;

const failureOf = (task: Task, { message, code, syscall }: RenderFailure): Error => {
  const cause = new Error(message);
  return code === undefined
    ? new ConversionError(`${whatOf(task)} cannot be converted to Markdown.`, { cause })
    : Object.assign(cause, { code, syscall });
};

const outOfMemory = (task: Task, cause: unknown): ConversionError =>
  new ConversionError(`${whatOf(task)} cannot be converted: it takes more memory than there is.`, {
    cause,
    hint: "Make it smaller in the wiki, give Node.js a larger heap (max-old-space-size in NODE_OPTIONS), or pull pages as they are, with `format: 'storage'`.",
  });

/** What a worker gets of a page; undefined when what it names cannot be looked up: then it fails. */
const toRender = ({ id, request, surroundings, isSuspect, failed }: Task): ToWorker | undefined => {
  try {
    const ahead = answerAhead(request.job, surroundings);
    return { type: 'render', id, request, isAgain: isSuspect, ...(ahead && { ahead }) };
  } catch (error) {
    failed(error);
    return undefined;
  }
};

/**
 * Renders pages in worker threads, which are started when there is work for them. A page that takes its worker's memory fails;
 * those that were with it are rendered again, each alone. Where the system gives no threads, nothing is rendered.
 */
export class RenderPool {
  readonly #options: RenderPoolOptions;
  readonly #lanes = new Set<Lane>();
  readonly #waiting: Task[] = [];
  #count = 0;
  /** Closed, or without threads. */
  #isOver = false;

  constructor(options: RenderPoolOptions) {
    this.#options = options;
  }

  /**
   * Makes the text of a page and writes it to `location`; undefined where no thread can be had: then nothing is written.
   * `included`: bytes of memory that it may take to convert what the page includes.
   *
   * Errors: ConversionError when the page cannot be converted; what the system says when the file cannot be written; what the
   * surroundings throw.
   */
  render(request: RenderRequest, surroundings: Surroundings, included = 0): Promise<WrittenText | undefined> {
    if (this.#isOver) return Promise.resolve(undefined);
    return new Promise((done, failed) => {
      const weight = conversionBytes(request.job.page.body ?? '') + included;
      this.#count += 1;
      const task = { id: this.#count, request, surroundings, weight, done, failed, isSuspect: false };
      this.#waiting.push(task);
      this.#feed();
    });
  }

  /** Ends the workers; what is not rendered by then fails. */
  close(): void {
    for (const { failed } of this.#end()) failed(new Error('The pool is closed.'));
  }

  /** Ends the workers, and returns what is not rendered. */
  #end(): readonly Task[] {
    this.#isOver = true;
    const inHand = [...this.#lanes].flatMap(({ tasks }) => [...tasks.values()]);
    for (const { worker } of this.#lanes) worker.terminate();
    this.#lanes.clear();
    return [...inHand, ...this.#waiting.splice(0)];
  }

  #feed(): void {
    for (let [task] = this.#waiting; task !== undefined; [task] = this.#waiting) {
      const lane = this.#laneFor(task);
      if (lane === undefined) return;
      this.#hand(lane);
    }
  }

  #hand(lane: Lane): void {
    const batch: ToWorker[] = [];
    for (let [task] = this.#waiting; task !== undefined; [task] = this.#waiting) {
      if (batch.length === BATCH || !this.#hasRoom(lane, task)) break;
      this.#waiting.shift();
      const message = toRender(task);
      if (message === undefined) continue;
      lane.tasks.set(task.id, task);
      batch.push(message);
    }
    if (batch.length > 0) lane.worker.postMessage(batch);
  }

  /** The one with the least in hand that has room for a batch; a new one as long as all have work and there may be more. */
  #laneFor(task: Task): Lane | undefined {
    const lanes = [...this.#lanes].sort((a, b) => a.tasks.size - b.tasks.size);
    const [idlest] = lanes;
    if ((idlest === undefined || idlest.tasks.size > 0) && lanes.length < this.#options.size)
      return this.#startLane();
    return lanes.find((lane) => lane.tasks.size <= IN_HAND - BATCH && this.#hasRoom(lane, task));
  }

  #hasRoom({ tasks }: Lane, { weight, isSuspect }: Task): boolean {
    if (tasks.size === 0) return true;
    const inHand = [...tasks.values()];
    const sum = inHand.reduce((all, each) => all + each.weight, weight);
    const isAlone = isSuspect || inHand.some((each) => each.isSuspect);
    return !isAlone && tasks.size < IN_HAND && sum <= this.#options.share;
  }

  #startLane(): Lane {
    const lane: Lane = { worker: this.#options.start(), tasks: new Map() };
    this.#lanes.add(lane);
    lane.worker.on('message', (messages) => {
      for (const message of messages) this.#take(lane, message);
      this.#feed();
    });
    lane.worker.on('error', (error) => this.#bury(lane, error));
    return lane;
  }

  #take(lane: Lane, message: FromWorker): void {
    const task = lane.tasks.get(message.id);
    if (task === undefined) return;
    if (message.type === 'questions') this.#answer(lane, task, message);
    else {
      lane.tasks.delete(task.id);
      if (message.type === 'written') task.done(message.text);
      else task.failed(failureOf(task, message.failure));
    }
  }

  #answer(
    { worker, tasks }: Lane,
    task: Task,
    { id, questions }: FromWorker & { readonly type: 'questions' },
  ): void {
    try {
      const answers = answersTo(questions, task.surroundings);
      worker.postMessage([{ type: 'answers', id, questions, answers }]);
    } catch (error) {
      tasks.delete(id);
      worker.postMessage([{ type: 'drop', id }]);
      task.failed(error);
    }
  }

  #bury(lane: Lane, error: unknown): void {
    if (!this.#lanes.delete(lane)) return;
    const tasks = [...lane.tasks.values()];
    const [first] = tasks;
    if (!isOutOfMemory(error)) {
      for (const { done } of [...tasks, ...this.#end()]) done(undefined);
    } else if (first !== undefined && tasks.length === 1) first.failed(outOfMemory(first, error));
    else {
      for (const task of tasks) task.isSuspect = true;
      this.#waiting.unshift(...tasks);
    }
    this.#feed();
  }
}
