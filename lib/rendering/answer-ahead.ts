import { mentionedReferences } from '../convert/mentioned-references.js';
import { answersTo, AskedSurroundings } from './asked-surroundings.js';
import type { Exchange } from './render-messages.js';
import type { TextJob } from './render-text.js';
import type { Surroundings } from './surroundings.js';

/** Answers what a page names before it asks, so that it need not wait for that; undefined when it names nothing. */
export const answerAhead = ({ page, baseUrl }: TextJob, surroundings: Surroundings): Exchange | undefined => {
  const asked = new AskedSurroundings();
  asked.expect(mentionedReferences(page.body ?? '', baseUrl));
  const questions = asked.takeQuestions();
  return questions && { questions, answers: answersTo(questions, surroundings) };
};
