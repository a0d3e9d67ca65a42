// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope, nextTick, ref, shallowRef } from "vue";

import { Refusal } from "@/api/refusal";
import type { JournalStatus } from "@/journal/surroundings";

import type { SittingView } from "../types";
import { useHandIn } from "./useHandIn";

const QUIET: JournalStatus = { unsaved: 0, isReachable: true, halt: null, isDurable: true, superseded: 0, refused: 0, handInAt: null };
const AT = "2026-11-23T01:45:00.000Z";

let answers: (Refusal | null)[];
let asked: number;
let scope = effectScope();

beforeEach(() => {
  vi.useFakeTimers();
  [answers, asked, scope] = [[], 0, effectScope()];
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

function page(before: Partial<JournalStatus> = {}) {
  const status = shallowRef<JournalStatus>({ ...QUIET, ...before });
  const view = shallowRef({ consent_from: "2026-11-23T01:50:00Z" } as SittingView | null);
  const mark = (handInAt: string | null): Promise<void> => {
    status.value = { ...status.value, handInAt };
    return Promise.resolve();
  };
  const exam = {
    status,
    flush: () => undefined,
    markHandIn: () => mark(AT),
    clearHandIn: () => mark(null),
    untilClose: () => null,
    handIn: () => {
      asked += 1;
      const answer = answers.shift() ?? null;
      return answer ? Promise.reject(answer) : Promise.resolve();
    },
  };
  const sitting = { view, isConnected: ref(true), refresh: () => Promise.resolve() };
  const handIn = scope.run(() => useHandIn(sitting, exam))!;
  return { status, view, sitting, handIn };
}

const consent = () => new Refusal("consent_missing", "", 409);
const passing = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe("handing in", () => {
  it("asks again who has a network and is refused", async () => {
    answers = [consent()];
    const { status, handIn } = page();
    handIn.ask();
    await handIn.confirm();
    await passing();
    expect([handIn.stage.value, status.value.handInAt, handIn.fault.value]).toEqual(["asking", null, expect.any(Refusal)]);
    await passing(60_000);
    expect(asked).toBe(1);
  });

  it("does not open the paper again for who was told to have handed in, and says why it is refused", async () => {
    const { status, sitting, handIn } = page({ isReachable: false, unsaved: 1 });
    handIn.ask();
    await handIn.confirm();
    await nextTick();
    expect(handIn.isCutOff.value).toBe(true);
    answers = [consent()];
    sitting.isConnected.value = true;
    status.value = { ...status.value, isReachable: true, unsaved: 0 };
    await passing();
    expect([handIn.stage.value, handIn.isCutOff.value, status.value.handInAt]).toEqual(["saving", true, AT]);
    expect(handIn.fault.value).toMatchObject({ code: "consent_missing" });
  });

  it("goes through when a proctor has consented", async () => {
    answers = [consent()];
    const { view, handIn } = page({ handInAt: AT });
    await passing();
    expect(asked).toBe(1);
    view.value = { ...view.value!, consent_from: null };
    await passing();
    expect([asked, handIn.fault.value]).toEqual([2, null]);
  });

  it("waits for what the server lacks all the same, however long that takes, and is told then", async () => {
    answers = [new Refusal("responses_missing", "", 409, { acknowledged_seq: 1 })];
    const { status, handIn } = page();
    handIn.ask();
    await handIn.confirm();
    status.value = { ...status.value, unsaved: 2 }; // they are sent again
    await passing(60_000);
    expect([asked, handIn.stage.value]).toEqual([1, "saving"]);
    status.value = { ...status.value, unsaved: 0 };
    await passing();
    expect(asked).toBe(2);
  });

  it("waits while the page that was fenced finds out by whom, and is told when it goes on", async () => {
    answers = [new Refusal("epoch_superseded", "", 409)];
    const { status, handIn } = page();
    handIn.ask();
    await handIn.confirm();
    await passing(60_000);
    expect([asked, handIn.stage.value, handIn.isCutOff.value, handIn.fault.value]).toEqual([1, "saving", false, null]);
    status.value = { ...status.value }; // only the office had fenced it
    await passing();
    expect([asked, handIn.fault.value]).toEqual([2, null]);
  });

  it("is asked about again where another page has the sitting", async () => {
    answers = [new Refusal("epoch_superseded", "", 409), new Refusal("epoch_superseded", "", 409)];
    const { status, handIn } = page();
    handIn.ask();
    await handIn.confirm();
    await passing();
    status.value = { ...status.value, halt: "superseded" };
    await passing(60_000);
    expect([asked, handIn.stage.value, status.value.handInAt]).toEqual([2, "asking", null]);
    expect(handIn.fault.value).toMatchObject({ code: "epoch_superseded" });
  });

  it("of a page that was loaded again waits out a pause without a word of a refusal", async () => {
    answers = [new Refusal("sitting_paused", "", 409)];
    const { status, handIn } = page({ handInAt: AT });
    await passing();
    expect([handIn.stage.value, status.value.handInAt, handIn.fault.value]).toEqual(["saving", AT, null]);
    await passing(2_000);
    expect(asked).toBe(2);
  });
});
