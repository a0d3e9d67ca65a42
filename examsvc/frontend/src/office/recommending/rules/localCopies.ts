/** Texts that the server has not confirmed yet, kept in this browser under the person's own account. */

export interface LocalCopy<T> {
  value: T;
  /** What the server held when the writing began, with its version. */
  base: T;
  version: number;
}

const PREFIX = "examsvc.unsaved.";

const nameOf = (accountId: string, key: string): string => `${PREFIX}${accountId}.${key}`;

/** Keep the copy; a browser that forbids storage keeps it in the open page only. */
export function keepCopy<T>(accountId: string, key: string, copy: LocalCopy<T>): void {
  try {
    localStorage.setItem(nameOf(accountId, key), JSON.stringify(copy));
  } catch {
    // Leaving the page still warns.
  }
}

/** Return the copy that was kept, or null. */
export function recallCopy<T>(accountId: string, key: string): LocalCopy<T> | null {
  try {
    return JSON.parse(localStorage.getItem(nameOf(accountId, key)) ?? "null") as LocalCopy<T> | null;
  } catch {
    return null;
  }
}

/** Forget the copy: the server has the text. */
export function dropCopy(accountId: string, key: string): void {
  try {
    localStorage.removeItem(nameOf(accountId, key));
  } catch {
    // Nothing was kept.
  }
}
