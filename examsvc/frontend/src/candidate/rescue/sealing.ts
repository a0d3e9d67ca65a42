/**
 * A rescue file: the journal encrypted to the exam session's key (ECDH P-256, HKDF-SHA256, AES-256-GCM), so that
 * nobody between this machine and the office can read or alter it. The header stands in clear and is bound to it.
 */

import type { Entry } from "@/journal/entries";

const INFO = "examsvc-rescue 1";
const NONCE_BYTES = 12;
const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;

export interface RescueHeader {
  sitting_id: string;
  exam_session_code: string;
  ticket_number: string;
  epoch: number;
  made_at: string;
  /** The last receipt that the server signed. */
  receipt: string | null;
}

export interface RescueContent {
  lines: readonly Entry[];
  /** When the candidate handed in, if the server has not confirmed it. */
  hand_in_at: string | null;
}

/** Browsers encrypt on pages that came by https (or from this machine) only. */
export function canSeal(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

/** The text of the file; `key` is the session's public point in base64url. */
export async function sealed(header: RescueHeader, content: RescueContent, key: string): Promise<string> {
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const ephemeral = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const head = {
    format: "examsvc-rescue",
    version: 1,
    ...ordered(header),
    ephemeral: encoded(ephemeral),
    nonce: encoded(nonce),
  };
  const additionalData = bytesOf(Object.values(head).map((value) => String(value ?? "")).join("\n"));
  const secret = await agreed(own.privateKey, key, ephemeral);
  const plain = bytesOf(JSON.stringify({ lines: content.lines.map(lineOf), hand_in_at: content.hand_in_at }));
  const ciphertext = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, secret, plain);
  return JSON.stringify({ ...head, ciphertext: encoded(new Uint8Array(ciphertext)) }, null, 1);
}

async function agreed(own: CryptoKey, key: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const theirs = await crypto.subtle.importKey("raw", decoded(key), CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
  const source = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt, info: bytesOf(INFO) };
  return crypto.subtle.deriveKey(derivation, source, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

/** The order of the fields is part of what is bound. */
function ordered({ sitting_id, exam_session_code, ticket_number, epoch, made_at, receipt }: RescueHeader) {
  return { sitting_id, exam_session_code, ticket_number, epoch, made_at, receipt };
}

function lineOf({ epoch, seq, item_ref, answer, flagged, client_at }: Entry) {
  return { epoch, seq, item_ref, answer, flagged, client_at };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

function encoded(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decoded(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
