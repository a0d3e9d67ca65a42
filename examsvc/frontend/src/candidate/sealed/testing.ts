/** For tests: what the server's own code has sealed, and the keys that open it. */

export const SITTING = "0190b2c3-0000-7000-8000-000000000001";
export const DIGEST = "ab".repeat(32);
export const FILE_DIGEST = "cd".repeat(32);
export const FILE_NAME = "ca27e0984ae514eb653698b73c904b4007339ba15bd78b1f5eda1df1a7648e0a";
export const KEYS = {
  paper_key: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
  media_key: "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8",
};
const PAPER =
  "bUz3TahdIz3RbnxcG80dRKwaMlmmENrdAXhEuCss0zeAmZAc6BOHqsu9C2DP5Ne50EDybnIc22wZAAogUuFle0YX0eF6Tdf4/VP3nm9Zmg==";
const FILE = "vDbrvJJYfOqlXQKQlPpyoo7qCInbyIBooeTHyE8NU4yuF2vFFiR+jw==";

export const sealedPaper = (): ArrayBuffer => bytesOf(PAPER);
export const sealedFile = (): ArrayBuffer => bytesOf(FILE);

/** The same bytes but one. */
export function tampered(body: ArrayBuffer, at = 20): ArrayBuffer {
  const copy = new Uint8Array(body.slice(0));
  copy[at]! ^= 1;
  return copy.buffer;
}

export async function contentDigest(body: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return `sha-256=:${btoa(String.fromCharCode(...digest))}:`;
}

function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
}
