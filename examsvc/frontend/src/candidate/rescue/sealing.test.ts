import { describe, expect, it } from "vitest";

import type { Entry } from "@/journal/entries";

import { canSeal, sealed } from "./sealing";

const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;
const HEADER = {
  sitting_id: "s",
  exam_session_code: "场次-1",
  ticket_number: "26112900000001",
  epoch: 2,
  made_at: "2026-11-23T01:00:00.000Z",
  receipt: null,
};
const LINE: Entry = {
  sitting_id: "s",
  epoch: 2,
  seq: 1,
  item_ref: "q1",
  answer: { text: "只有考核机构能读" },
  flagged: false,
  client_at: "2026-11-23T01:00:00.000Z",
  acknowledged: false,
  set_aside: null,
};

/** Node's, which tests run in; its types would let the pages use what no browser has. */
declare const Buffer: {
  from(data: ArrayBuffer): { toString(encoding: "base64url"): string };
  from(text: string, encoding: "base64url"): Uint8Array<ArrayBuffer>;
};

const encode = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString("base64url");
const decode = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "base64url"));

async function opened(file: Record<string, unknown>, keys: CryptoKeyPair): Promise<string> {
  const { ciphertext, ...head } = file;
  const [salt, iv] = [decode(head.ephemeral as string), decode(head.nonce as string)];
  const theirs = await crypto.subtle.importKey("raw", salt, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, keys.privateKey, 256);
  const source = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode("examsvc-rescue 1");
  const derivation = { name: "HKDF", hash: "SHA-256", salt, info };
  const key = await crypto.subtle.deriveKey(derivation, source, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const additionalData = new TextEncoder().encode(Object.values(head).map((value) => String(value ?? "")).join("\n"));
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, decode(ciphertext as string));
  return new TextDecoder().decode(plain);
}

describe("a rescue file", () => {
  it("holds the lines for whoever has the session's key, and nothing readable for anybody else", async () => {
    expect(canSeal()).toBe(true);
    const keys = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
    const point = encode(await crypto.subtle.exportKey("raw", keys.publicKey));
    const text = await sealed(HEADER, { lines: [LINE], hand_in_at: null }, point);
    expect(text).not.toContain("考核机构");
    const file = JSON.parse(text) as Record<string, unknown>;
    expect(file).toMatchObject({ format: "examsvc-rescue", version: 1, ...HEADER });
    const { epoch, seq, item_ref, answer, flagged, client_at } = LINE;
    const line = { epoch, seq, item_ref, answer, flagged, client_at };
    expect(JSON.parse(await opened(file, keys))).toEqual({ lines: [line], hand_in_at: null });
  });

  it("cannot be given another name", async () => {
    const keys = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
    const point = encode(await crypto.subtle.exportKey("raw", keys.publicKey));
    const file = JSON.parse(await sealed(HEADER, { lines: [LINE], hand_in_at: null }, point)) as Record<string, unknown>;
    await expect(opened({ ...file, ticket_number: "26112900000002" }, keys)).rejects.toThrow();
  });
});
