import { types } from 'node:util';
import { parseBody } from '../convert/index.js';
import { removeFile, writeNewFile } from '../store/write-new-file.js';
import { AskedSurroundings } from './asked-surroundings.js';
import type { Exchange, FromWorker, RenderFailure, RenderRequest, ToWorker } from './render-messages.js';
import { readText } from './render-text.js';

/** The end of a worker's message channel. */
export interface RenderPort {
  readonly postMessage: (messages: readonly FromWorker[]) => void;
  readonly on: (event: 'message', listener: (messages: readonly ToWorker[]) => void) => unknown;
}

/** A page, with the answers that it has got so far. */
interface Page extends RenderRequest {
  readonly surroundings: AskedSurroundings;
}

const failureOf = (error: unknown): RenderFailure => {
  if (!types.isNativeError(error)) return { message: String(error) };
  const { message } = error;
  if (!('code' in error && 'syscall' in error)) return { message };
  return { message, code: String(error.code), syscall: String(error.syscall) };
};

/**
 * Makes and writes the texts that are asked for; what comes together is answered together. What a body asks of its surroundings that
 * was not answered before is sent back, and the body read again with the answers, until it asks nothing more. It is parsed again,
 * too: trees of pages that wait would cost the garbage collector more than that.
 */
export const serveRenders = (port: RenderPort): void => {
  const waiting = new Map<number, Page>();

  const render = (id: number, page: Page): FromWorker => {
    const write = readText(parseBody(page.job.page.body ?? ''), page.job, page.surroundings);
    const questions = page.surroundings.takeQuestions();
    if (questions !== undefined) {
      waiting.set(id, page);
      return { type: 'questions', id, questions };
    }
    const { content, ...links } = write();
    return { type: 'written', id, text: { ...links, ...writeNewFile(page.location, content) } };
  };

  const goOn = (id: number, page: Page, exchange: Exchange | undefined): FromWorker => {
    if (exchange !== undefined) page.surroundings.learn(exchange.questions, exchange.answers);
    return render(id, page);
  };

  const answer = (message: ToWorker): FromWorker | undefined => {
    const { id } = message;
    if (message.type === 'render') {
      const { request, isAgain, ahead } = message;
      if (isAgain) removeFile(request.location);
      return goOn(id, { ...request, surroundings: new AskedSurroundings() }, ahead);
    }
    const page = waiting.get(id);
    waiting.delete(id);
    return page === undefined || message.type === 'drop' ? undefined : goOn(id, page, message);
  };

  const attempt = (message: ToWorker): FromWorker | undefined => {
    try {
      return answer(message);
    } catch (error) {
      return { type: 'failed', id: message.id, failure: failureOf(error) };
    }
  };

  port.on('message', (messages) => {
    const said = messages.flatMap((message) => attempt(message) ?? []);
    if (said.length > 0) port.postMessage(said);
  });
};
