import { describe, expect, it } from "vitest";

import { FIRST_MS } from "./pacing";
import { FrameUplink, type FrameAck } from "./uplink";

const AT = new Date("2026-11-23T01:00:00Z");
const jpeg = new Blob(["x"]);

function uplink(send: () => Promise<FrameAck>, grab: () => Promise<Blob | null> = () => Promise.resolve(jpeg)) {
  const delays: number[] = [];
  const seqs: number[] = [];
  const road = {
    send: (meta: { seq: number }) => {
      seqs.push(meta.seq);
      return send();
    },
  };
  const up = new FrameUplink(grab, road, () => AT, { after: (ms) => delays.push(ms) });
  return { up, delays, seqs };
}

describe("sending frames", () => {
  it("follows the pace that the server asks for", async () => {
    const { up, delays, seqs } = uplink(() => Promise.resolve({ next_ms: 2_500, health: 10 }));
    await up.tick();
    await up.tick();
    expect(delays).toEqual([2_500, 2_500]);
    expect(seqs).toEqual([1, 2]);
  });

  it("has one frame under way, and lets a tick go meanwhile", async () => {
    let arrive: (ack: FrameAck) => void = () => undefined;
    const { up, seqs } = uplink(() => new Promise((resolve) => (arrive = resolve)));
    const first = up.tick();
    await up.tick();
    expect(seqs).toEqual([1]);
    arrive({ next_ms: 1_000, health: 10 });
    await first;
  });

  it("slows down while frames do not arrive, and recovers", async () => {
    let isUp = false;
    const { up, delays } = uplink(() =>
      isUp ? Promise.resolve({ next_ms: 1_000, health: 10 }) : Promise.reject(new Error("down")),
    );
    await up.tick();
    await up.tick();
    isUp = true;
    await up.tick();
    expect(delays).toEqual([10_000, 20_000, 1_000]);
  });

  it("without a picture sends nothing and looks again", async () => {
    const { up, delays, seqs } = uplink(
      () => Promise.resolve({ next_ms: 1, health: 10 }),
      () => Promise.resolve(null),
    );
    await up.tick();
    expect(seqs).toEqual([]);
    expect(delays).toEqual([FIRST_MS]);
  });
});
