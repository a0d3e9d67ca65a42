import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Refusal } from "@/api/refusal";

import { Admission } from "./admission";

const offline = () => Promise.reject(new Refusal("offline", ""));
let refused: number;

function admission(claim: (canWait: boolean) => Promise<unknown>): Admission {
  return new Admission(
    claim,
    () => null,
    () => (refused += 1),
    () => 0.5,
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  refused = 0;
});
afterEach(() => vi.useRealTimers());

describe("the claim after a common start", () => {
  it("comes at a moment of its own, once", async () => {
    const claim = vi.fn(() => Promise.resolve());
    admission(claim).within(0, 10_000);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(claim).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(claim).toHaveBeenCalledTimes(1);
  });

  it("lets everybody be told first", async () => {
    const claim = vi.fn(() => Promise.resolve());
    admission(claim).within(30_000, 10_000);
    await vi.advanceTimersByTimeAsync(34_999);
    expect(claim).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2);
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
