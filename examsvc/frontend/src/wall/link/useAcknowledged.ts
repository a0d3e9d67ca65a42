import { reactive } from "vue";

/** Which alert of each sitting was seen at this wall; kept until the browser's tab is closed. */
export function useAcknowledged(examSessionId: string) {
  const name = `examsvc.wall.${examSessionId}`;
  const seen = reactive(new Map<string, string>(read(name)));

  function acknowledge(sittingId: string, alertId: string | undefined): void {
    if (!alertId || seen.get(sittingId) === alertId) return;
    seen.set(sittingId, alertId);
    try {
      sessionStorage.setItem(name, JSON.stringify([...seen]));
    } catch {
      // Then alerts come up again after a reload.
    }
  }

  return { seen, acknowledge };
}

function read(name: string): [string, string][] {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "[]") as [string, string][];
  } catch {
    return [];
  }
}
