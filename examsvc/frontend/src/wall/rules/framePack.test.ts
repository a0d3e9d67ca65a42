import { describe, expect, it } from "vitest";

import { readPack } from "./framePack";

const ID = "0193a5b2-1c3d-7e4f-8a5b-6c7d8e9f0a1b";

function record(cursor: number, jpeg: number[], verdict = 0): number[] {
  const view = new DataView(new ArrayBuffer(49));
  ID.replaceAll("-", "").match(/../g)?.forEach((byte, index) => view.setUint8(index, parseInt(byte, 16)));
  view.setBigUint64(16, BigInt(cursor));
  view.setUint32(24, 7);
  view.setBigInt64(28, 1_000n);
  view.setBigInt64(36, 1_764_000_000_123n);
  view.setUint8(44, verdict);
  view.setUint32(45, jpeg.length);
  return [...new Uint8Array(view.buffer), ...jpeg];
}

function pack(cursor: number, records: number[][], magic = "FPK1"): ArrayBuffer {
  const head = new DataView(new ArrayBuffer(14));
  [...magic].forEach((letter, index) => head.setUint8(index, letter.charCodeAt(0)));
  head.setBigUint64(4, BigInt(cursor));
  head.setUint16(12, records.length);
  return new Uint8Array([...new Uint8Array(head.buffer), ...records.flat()]).buffer;
}

describe("a frame pack", () => {
  it("gives its cursor and frames", async () => {
    const { cursor, frames } = readPack(pack(9, [record(8, [1, 2, 3]), record(9, [], 2)]));
    expect(cursor).toBe(9);
    expect(frames.map(({ sittingId, cursor: at, seq, receivedAt, verdict }) => [sittingId, at, seq, receivedAt, verdict])).toEqual([
      [ID, 8, 7, 1_764_000_000_123, "GOOD"],
      [ID, 9, 7, 1_764_000_000_123, "FROZEN"],
    ]);
    expect([...new Uint8Array(await (frames[0] as { jpeg: Blob }).jpeg.arrayBuffer())]).toEqual([1, 2, 3]);
  });

  it("may be empty", () => {
    expect(readPack(pack(4, []))).toEqual({ cursor: 4, frames: [] });
  });

  it("is refused when it is something else or was cut short", () => {
    expect(() => readPack(pack(1, [], "HTML"))).toThrow(SyntaxError);
    expect(() => readPack(pack(1, [record(1, [1, 2, 3])]).slice(0, -1))).toThrow();
  });
});
