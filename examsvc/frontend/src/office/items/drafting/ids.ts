const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";
const LENGTH = 4;

/** Return the first letter that no option has yet. */
export function freeLetter(taken: readonly { id: string }[]): string {
  return [...LETTERS].find((letter) => !taken.some(({ id }) => id === letter)) ?? freshId();
}

/** Return an id for what has no letter to be shown with. */
export function freshId(): string {
  return [...crypto.getRandomValues(new Uint8Array(LENGTH))].map((byte) => SIGNS.charAt(byte % SIGNS.length)).join("");
}
