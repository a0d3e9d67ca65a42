/** Questions for tests: everything that a type does not have is null, as the API sends it. */

import type { ItemType, Question } from "./types";

export function questionOf(type: ItemType, more: Partial<Question> = {}): Question {
  const nothing = { options: null, blanks: null, unit: null, matches: null, gaps: null, picture: null };
  const rest = { marks: null, length: null, media: [], parts: null };
  return { ref: "q1", number: 1, type, stem: "", points: 100, ...nothing, ...rest, ...more };
}

/** Options with these ids, each one's text its id in capitals. */
export function optionsNamed(...ids: string[]) {
  return ids.map((id) => ({ id, text: id.toUpperCase() }));
}
