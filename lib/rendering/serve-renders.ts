import { types } from 'node:util';
import { type ParsedBody, parseBody } from '../convert/index.js';
import { mentionedReferences } from '../convert/mentioned-references.js';
import { writeNewFile } from '../store/write-new-file.js';
import { AskedSurroundings } from './asked-surroundings.js';
import type { FromWorker, RenderFailure, RenderRequest, ToWorker } from './render-messages.js';
import { readText } from './render-text.js';

/** The end of a worker's message channel. */
export interface RenderPort {
  readonly postMessage: (message: FromWorker) => void;
  readonly on: (event: 'message', listener: (message: ToWorker) => void) => unknown;
}

/** A page whose questions are being answered. */
interface Waiting extends RenderRequest {
  readonly body: ParsedBody;
  readonly surroundings: AskedSurroundings;
}

const failureOf = (error: unknown): RenderFailure => {
  if (!types.isNativeError(error)) return { message: String(error) };
  const { message } = error;
  if (!('code' in error && 'syscall' in error)) return { message };
  return { message, code: String(error.code), syscall: String(error.syscall) };
};

const waitingFor = (request: RenderRequest): Waiting => ({
  ...request,
  body: parseBody(request.job.page.body ?? ''),
  surroundings: new AskedSurroundings(),
});

/**
 * Makes and writes the texts that are asked for. What a body names is asked for before it is read; what it asks of its
 * surroundings beside that is sent back, and the body read again with the answers, until it asks nothing more.
 */
export const serveRenders = (port: RenderPort): void => {
  const waiting = new Map<number, Waiting>();

  /** What the page has asked; it goes on waiting then. */
  const ask = (id: number, page: Waiting): FromWorker | undefined => {
    const questions = page.surroundings.takeQuestions();
    if (questions === undefined) return undefined;
    waiting.set(id, page);
    return { type: 'questions', id, questions };
  };

  const render = (id: number, page: Waiting): FromWorker => {
    const write = readText(page.body, page.job, page.surroundings);
    const asked = ask(id, page);
    if (asked !== undefined) return asked;
    const { content, ...links } = write();
    return { type: 'written', id, text: { ...links, ...writeNewFile(page.location, content) } };
  };

  const begin = (id: number, request: RenderRequest): FromWorker => {
    const page = waitingFor(request);
    page.surroundings.expect(mentionedReferences(page.body, request.job.baseUrl));
    return ask(id, page) ?? render(id, page);
  };

  const answer = (message: ToWorker): FromWorker | undefined => {
    const { id } = message;
    if (message.type === 'render') return begin(id, message.request);
    const page = waiting.get(id);
    waiting.delete(id);
    if (page === undefined || message.type === 'drop') return undefined;
    page.surroundings.learn(message.questions, message.answers);
    return render(id, page);
  };

  const attempt = (message: ToWorker): FromWorker | undefined => {
    try {
      return answer(message);
    } catch (error) {
      return { type: 'failed', id: message.id, failure: failureOf(error) };
    }
  };

  port.on('message', (message) => {
    const said = attempt(message);
    if (said !== undefined) port.postMessage(said);
  });
};
