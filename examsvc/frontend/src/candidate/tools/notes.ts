/** Scratch notes: kept in this browser for this sitting, never sent, never scored, gone when it is over. */

const nameOf = (sittingId: string): string => `examsvc.notes.${sittingId}`;
export const MOST_CHARACTERS = 20_000;

export function readNotes(sittingId: string): string {
  try {
    return localStorage.getItem(nameOf(sittingId)) ?? "";
  } catch {
    return "";
  }
}

/** Keep the notes; returns whether they outlast a reload. */
export function keepNotes(sittingId: string, text: string): boolean {
  try {
    localStorage.setItem(nameOf(sittingId), text.slice(0, MOST_CHARACTERS));
    return true;
  } catch {
    return false;
  }
}

export function forgetNotes(sittingId: string): void {
  try {
    localStorage.removeItem(nameOf(sittingId));
  } catch {
    // Then nothing was kept either.
  }
}
