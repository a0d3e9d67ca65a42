/** Messages that are sent often; each proctor may change them, one a line. */

import { recall, remember } from "@/shared/remembered";

const NAME = "wall.canned";
const MOST = 20;
const LONGEST = 200;

export function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim().slice(0, LONGEST));
  return lines.filter(Boolean).slice(0, MOST);
}

/** The proctor's own messages in this language, or those that are given. */
export function cannedMessages(language: string, given: string): string[] {
  const own = linesOf(recall(`${NAME}.${language}`) ?? "");
  return own.length ? own : linesOf(given);
}

/** Keep the messages; none at all brings the given ones back. */
export function keepCanned(language: string, text: string): void {
  remember(`${NAME}.${language}`, linesOf(text).join("\n"));
}
