/** The head of the chain of answers as the server last confirmed it: shown as the receipt after the hand-in. */

const PREFIX = "examsvc.chain.";
const SHOWN_CHARACTERS = 16;

export function keepChainHead(sittingId: string, head: string): void {
  try {
    sessionStorage.setItem(PREFIX + sittingId, head);
  } catch {
    // The receipt is then shown without it; the server keeps the chain.
  }
}

/** The short form of the last head, in groups of four; null when this browser never saw one. */
export function shortChainHead(sittingId: string): string | null {
  try {
    return grouped(sessionStorage.getItem(PREFIX + sittingId));
  } catch {
    return null;
  }
}

function grouped(head: string | null): string | null {
  const groups = head
    ?.slice(0, SHOWN_CHARACTERS)
    .toUpperCase()
    .match(/.{1,4}/g);
  return groups ? groups.join(" ") : null;
}
