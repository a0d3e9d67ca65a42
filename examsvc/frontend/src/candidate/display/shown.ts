/** What a candidate's page looks like, from what was granted and what the candidate chose. Pure. */

import type { Contrast, Display } from "@/shared/display";

import type { SittingView } from "../types";

/** What was decided for the candidate; null where nothing was. */
export type Granted = { [Name in keyof Display]: Display[Name] | null };

/** What the candidate chose, and over which grant. */
export interface Choice<Value> {
  value: Value;
  over: Value | null;
}
export type Choices = { [Name in keyof Display]?: Choice<Display[Name]> };

/** The sizes by the names that the display has for them. */
const TEXT_OF = { NORMAL: "normal", LARGE: "large", LARGER: "larger", LARGEST: "largest" } as const;

export function grantedIn({ display }: Pick<SittingView, "display">): Granted {
  const contrast: Contrast | null = display.high_contrast ? "high" : null;
  return { text: display.text_size && TEXT_OF[display.text_size], contrast, keys: null };
}

/** The grant applies until the candidate chooses otherwise; a grant that was decided after the choice applies again. */
export function shown<Value>(granted: Value | null, choice: Choice<Value> | undefined, otherwise: Value): Value {
  if (choice && (granted === null || granted === choice.over)) return choice.value;
  return granted ?? otherwise;
}
