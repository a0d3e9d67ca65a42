import { describe, expect, it } from "vitest";

import type { PackedFrame } from "../rules/framePack";
import { FrameFeed, type Wanted } from "./FrameFeed";

function pack(cursor: number): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(14));
  [..."FPK1"].forEach((letter, index) => view.setUint8(index, letter.charCodeAt(0)));
  view.setBigUint64(4, BigInt(cursor));
  return view.buffer;
}

function feed(wanted: Wanted, answer: (since: number) => Promise<ArrayBuffer>) {
  const asked: number[] = [];
  const shown: PackedFrame[] = [];
  const pulls: (number | null)[] = [];
  const made = new FrameFeed(
    () => wanted,
    (since) => {
      asked.push(since);
      return answer(since);
    },
    (frame) => shown.push(frame),
    ({ tookMs }) => pulls.push(tookMs),
    () => 5,
  );
  return { made, asked, pulls };
}

describe("the feed of frames", () => {
  it("asks for what came after the last pack, and for everything when the page changed", async () => {
    const wanted = { visible: ["a"], opened: null as string | null };
    const { made, asked, pulls } = feed(wanted, () => Promise.resolve(pack(7)));
    await made.pull();
    await made.pull();
    wanted.visible = ["a", "b"];
    await made.pull();
    wanted.opened = "b";
    await made.pull();
    expect(asked).toEqual([0, 7, 0, 0]);
    expect(pulls).toEqual([0, 0, 0, 0]);
  });

  it("asks for the same again when a pull failed", async () => {
    let fails = false;
    const wanted = { visible: ["a"], opened: null };
    const { made, asked } = feed(wanted, () => (fails ? Promise.reject(new TypeError("offline")) : Promise.resolve(pack(3))));
    await made.pull();
    fails = true;
    await expect(made.pull()).rejects.toThrow();
    fails = false;
    await made.pull();
    expect(asked).toEqual([0, 3, 3]);
  });

  it("asks for nothing when nobody is on the page", async () => {
    const { made, asked } = feed({ visible: [], opened: null }, () => Promise.resolve(pack(1)));
    await made.pull();
    expect(asked).toEqual([]);
  });
});
