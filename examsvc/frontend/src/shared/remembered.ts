/** What this browser remembers of a person's choices; browsers that forbid storage simply forget. */
const PREFIX = "examsvc.";

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // What is not kept need not be forgotten.
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Forgotten at the next visit; nothing else depends on it.
  }
}
