/** Reads frame packs (see GET /api/wall/{id}/pack): a binary layout, big-endian, so that pictures are never re-encoded. */

export type Verdict = "GOOD" | "BLACK" | "FROZEN";

export interface PackedFrame {
  sittingId: string;
  cursor: number;
  seq: number;
  /** When the server received it, in milliseconds since 1970. */
  receivedAt: number;
  verdict: Verdict;
  jpeg: Blob;
}

export interface FramePack {
  cursor: number;
  frames: PackedFrame[];
}

const MAGIC = "FPK1";
const HEAD_BYTES = 14;
const RECORD_BYTES = 49;
const VERDICTS: readonly Verdict[] = ["GOOD", "BLACK", "FROZEN"];

/** Return the frames of a pack; throws when it is not one or was cut short. */
export function readPack(data: ArrayBuffer): FramePack {
  const view = new DataView(data);
  const magic = String.fromCharCode(...new Uint8Array(data, 0, MAGIC.length));
  if (magic !== MAGIC) throw new SyntaxError("not a frame pack");
  const count = view.getUint16(12);
  const frames: PackedFrame[] = [];
  let at = HEAD_BYTES;
  for (let number = 0; number < count; number++) {
    const length = view.getUint32(at + 45);
    const jpegAt = at + RECORD_BYTES;
    if (jpegAt + length > data.byteLength) throw new SyntaxError("a frame pack that was cut short");
    frames.push({
      sittingId: uuid(new Uint8Array(data, at, 16)),
      cursor: Number(view.getBigUint64(at + 16)),
      seq: view.getUint32(at + 24),
      receivedAt: Number(view.getBigInt64(at + 36)),
      verdict: VERDICTS[view.getUint8(at + 44)] ?? "GOOD",
      jpeg: new Blob([data.slice(jpegAt, jpegAt + length)], { type: "image/jpeg" }),
    });
    at = jpegAt + length;
  }
  return { cursor: Number(view.getBigUint64(4)), frames };
}

function uuid(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
