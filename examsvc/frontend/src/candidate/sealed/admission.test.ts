import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Refusal } from "@/api/refusal";

import { Admission } from "./admission";

const offline = () => Promise.reject(new Refusal("offline", ""));
let refused: number;
let left: number | null;

function admission(claim: (canWait: boolean) => Promise<unknown>): Admission {
  return new Admission(
    claim,
    () => left,
    () => (refused += 1),
    () => 0.5,
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  [refused, left] = [0, null];
});
afterEach(() => vi.useRealTimers());

describe("the claim after a common start", () => {
  it("comes at a moment of its own, once", async () => {
    const claim = vi.fn(() => Promise.resolve());
    admission(claim).within(0, 10_000);
    await vi.advanceTimersByTimeAsync(2_900);
    expect(claim).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(claim).toHaveBeenCalledTimes(1);
  });

  it("comes rather early than late: half of all in the first three tenths, and never after the end", () => {
    const timeouts = vi.spyOn(globalThis, "setTimeout");
    const draws = Array.from({ length: 1_000 }, (_, place) => place / 1_000);
    for (const draw of draws) {
      new Admission(
        () => Promise.resolve(),
        () => left,
        () => undefined,
        () => draw,
      ).within(0, 10_000);
    }
    const after = timeouts.mock.calls.map(([, milliseconds]) => milliseconds ?? 0);
    expect(after.filter((milliseconds) => milliseconds < 3_000).length).toBeGreaterThan(500);
    expect(Math.max(...after)).toBeLessThan(10_000);
  });

  it("lets everybody be told first", async () => {
    const claim = vi.fn(() => Promise.resolve());
    admission(claim).within(30_000, 10_000);
    await vi.advanceTimersByTimeAsync(32_900);
    expect(claim).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(50);
    expect(claim).toHaveBeenCalledTimes(1);
  });

  it("can wait by itself, and not when somebody needs it", async () => {
    const claim = vi.fn<(canWait: boolean) => Promise<unknown>>(() => Promise.resolve());
    const own = admission(claim);
    own.within(0, 0);
    await vi.advanceTimersByTimeAsync(1);
    await own.now();
    expect(claim.mock.calls).toEqual([[true], [false]]);
  });

  it("is no longer one that can wait when somebody needs it meanwhile", async () => {
    const overloaded = new Refusal("overloaded", "", 503, { retry_after: 5 });
    const claim = vi.fn<(canWait: boolean) => Promise<unknown>>(async (canWait) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (canWait) throw overloaded;
    });
    const own = admission(claim);
    own.within(0, 0);
    await vi.advanceTimersByTimeAsync(50);
    const through = own.now();
    await vi.advanceTimersByTimeAsync(1_000);
    await through;
    expect(claim.mock.calls).toEqual([[true], [false]]);
  });

  it("stays needed when the network fails it", async () => {
    const claim = vi.fn<(canWait: boolean) => Promise<unknown>>(offline);
    const own = admission(claim);
    await own.now().catch(() => undefined);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(claim.mock.calls.length).toBeGreaterThan(3);
    expect(claim.mock.calls.every(([canWait]) => !canWait)).toBe(true);
  });

  it("comes again when the server asked for it, and waits for nobody near the end", async () => {
    const claim = vi.fn<(canWait: boolean) => Promise<unknown>>(() => {
      return Promise.reject(new Refusal("overloaded", "", 503, { retry_after: 9 }));
    });
    admission(claim).within(0, 0);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(claim.mock.calls).toEqual([[true]]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(claim).toHaveBeenCalledTimes(2);
    left = 60_000;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(claim.mock.lastCall).toEqual([false]);
  });

  it("is tried again for as long as the network is down", async () => {
    const claim = vi.fn<() => Promise<unknown>>(offline);
    admission(claim).within(0, 0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(claim.mock.calls.length).toBeGreaterThan(5);
    claim.mockResolvedValue(undefined);
    await vi.advanceTimersByTimeAsync(20_000);
    const through = claim.mock.calls.length;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(claim.mock.calls.length).toBe(through);
  });

  it("is made at once when somebody needs it, and never twice at a time", async () => {
    const claim = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 100)));
    const own = admission(claim);
    own.within(0, 10_000);
    const both = Promise.all([own.now(), own.now()]);
    await vi.advanceTimersByTimeAsync(60_000);
    await both;
    expect(claim).toHaveBeenCalledTimes(1);
  });

  it("ends when the server lets nobody in any more", async () => {
    const claim = vi.fn(() => Promise.reject(new Refusal("entry_closed", "", 409)));
    admission(claim).within(0, 0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect([claim.mock.calls.length, refused]).toEqual([1, 1]);
  });
});
