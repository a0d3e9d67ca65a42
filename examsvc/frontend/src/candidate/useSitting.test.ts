// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope } from "vue";

import { welcome } from "@/api/session";
import { type Answers, json, ME, refused, serve } from "@/api/testing";

import { useSitting } from "./useSitting";

const PATH = "GET /api/sittings/s";
const VIEW = { server_now: "2026-11-23T01:00:00Z", state: "IN_PROGRESS", phase: "OPEN", finish_reason: null };
/** Longer than a round, spread included. */
const ROUND_MS = 24_000;

let answers: Answers;
let seen: Request[];
let scope = effectScope();

beforeEach(() => {
  vi.useFakeTimers();
  answers = { [PATH]: json(VIEW) };
  seen = serve(answers);
  welcome({ ...ME, roles: ["CANDIDATE"] });
  scope = effectScope();
});

afterEach(() => {
  scope.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page that has seen its sitting, and whose line to the proctors stands. */
async function page() {
  const sitting = scope.run(() => useSitting("s"))!;
  sitting.askSeldomWhile(() => true);
  await sitting.refresh();
  return sitting;
}

const pass = (ms = ROUND_MS): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe("a page whose line to the proctors stands", () => {
  it("asks seldom", async () => {
    await page();
    await pass(5 * ROUND_MS);
    expect(seen).toHaveLength(1);
  });

  it("asks each time while it thinks itself cut off, and learns within a round that it is not", async () => {
    const sitting = await page();
    answers[PATH] = new TypeError("Failed to fetch");
    await sitting.refresh();
    await pass();
    expect(sitting.isConnected.value).toBe(false);
    answers[PATH] = json(VIEW);
    await pass();
    expect(sitting.isConnected.value).toBe(true);
    const asked = seen.length;
    await pass();
    expect(seen).toHaveLength(asked);
  });

  it("is not cut off from a service that has no time for it", async () => {
    const sitting = await page();
    dispatchEvent(new Event("offline"));
    expect(sitting.isConnected.value).toBe(false);
    answers[PATH] = refused("overloaded", 503, { retry_after: 30 });
    await pass();
    expect(sitting.isConnected.value).toBe(true);
  });
});
