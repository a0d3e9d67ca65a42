/** What every input gets; each emits `answer` with the new answer and whether it is being typed. */

import type { Answer } from "@/journal/entries";

import type { MediaSource } from "../media/source";
import type { QuestionBody } from "../types";

export interface InputProps {
  question: QuestionBody;
  answer: Answer;
  /** Of the question on the page and in the sitting; the element with the id `${name}-title` names it to people. */
  name: string;
  media: MediaSource;
}

export type Given = [given: Answer, isTyping: boolean];
