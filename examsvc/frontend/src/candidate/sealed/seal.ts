/** Opening what the server has sealed: AES-256-GCM by WebCrypto. Pure but for the browser's cryptography. */

/** What opens a sealed paper and its files, in base64url. */
export interface Keys {
  paper_key: string;
  media_key: string;
}

const NONCE_BYTES = 12;

/** Whether this browser can open a seal: over plain HTTP to another machine it keeps its cryptography to itself. */
export function canUnseal(): boolean {
  return (globalThis.crypto as Crypto | undefined)?.subtle !== undefined;
}

/** Open a sealed paper; rejects when a byte, the key, the sitting or the digest is another one. */
export async function unsealPaper(body: ArrayBuffer, key: string, sittingId: string, digest: string): Promise<string> {
  const boundTo = `{"paper_digest":"${digest}","sitting_id":"${sittingId}","v":1}`;
  return new TextDecoder().decode(await unseal(body, key, boundTo));
}

/** Open a sealed file by the name that it has while it is sealed. */
export function unsealMedium(body: ArrayBuffer, key: string, name: string): Promise<ArrayBuffer> {
  return unseal(body, key, `{"medium":"${name}","v":1}`);
}

/** What the file with the digest is called while it is sealed. */
export async function mediumName(key: string, digest: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const named = await crypto.subtle.importKey("raw", bytesOf(key), algorithm, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", named, encoded(`name:${digest}`)));
}

/** Whether the bytes are those that the answer's Content-Digest (RFC 9530) tells of. */
export async function isWhole(body: ArrayBuffer, contentDigest: string | null): Promise<boolean> {
  const digest = await crypto.subtle.digest("SHA-256", body);
  return contentDigest === `sha-256=:${btoa(String.fromCharCode(...new Uint8Array(digest)))}:`;
}

async function unseal(body: ArrayBuffer, key: string, boundTo: string): Promise<ArrayBuffer> {
  const opener = await crypto.subtle.importKey("raw", bytesOf(key), "AES-GCM", false, ["decrypt"]);
  const how = { name: "AES-GCM", iv: body.slice(0, NONCE_BYTES), additionalData: encoded(boundTo) };
  return crypto.subtle.decrypt(how, opener, body.slice(NONCE_BYTES));
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
