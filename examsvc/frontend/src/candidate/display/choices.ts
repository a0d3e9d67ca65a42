/** What a candidate chose of the display: kept in this browser for this sitting alone, gone when it is over. */

import type { Choices } from "./shown";

const nameOf = (sittingId: string): string => `examsvc.display.${sittingId}`;

export function readChoices(sittingId: string): Choices {
  try {
    return JSON.parse(localStorage.getItem(nameOf(sittingId)) ?? "{}") as Choices;
  } catch {
    return {};
  }
}

export function keepChoices(sittingId: string, choices: Choices): void {
  try {
    localStorage.setItem(nameOf(sittingId), JSON.stringify(choices));
  } catch {
    // Then a reload shows the page as it was granted.
  }
}

export function forgetChoices(sittingId: string): void {
  try {
    localStorage.removeItem(nameOf(sittingId));
  } catch {
    // Then nothing was kept either.
  }
}
