import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { effectScope, nextTick, ref, shallowRef } from "vue";

import type { Halt, JournalStatus } from "@/journal/surroundings";

import type { SittingView } from "./types";
import { useGoingOn } from "./useGoingOn";

const END = "2026-11-23T02:00:00Z";
const LATER = "2026-11-23T02:10:00Z";
const MINUTE = 60_000;

let scope = effectScope();

beforeEach(() => void (scope = effectScope()));
afterEach(() => scope.stop());

/** A page whose server closed at the end, a minute after it. */
function page() {
  const now = Date.parse(END) + MINUTE;
  const view = shallowRef({ phase: "OPEN", closes_at: END } as SittingView | null);
  const status = shallowRef({ halt: "closed" } as JournalStatus);
  const paper = ref<object | null>({});
  const told = { goneOn: 0 };
  const halt = (why: Halt | null): void => void (status.value = { ...status.value, halt: why });
  const untilClose = (): number => Date.parse(view.value!.closes_at!) - now;
  const goOn = (): void => {
    told.goneOn += 1;
    halt(null);
  };
  scope.run(() => useGoingOn({ view }, { status, untilClose, goOn }, paper));
  const see = (part: Partial<SittingView>): Promise<void> => {
    view.value = { ...view.value!, ...part };
    return nextTick();
  };
  return { halt, paper, told, see };
}

describe("more time after the server had closed", () => {
  it("lets the page send again", async () => {
    const { told, see } = page();
    await see({ phase: "OVER" });
    expect(told.goneOn).toBe(0);
    await see({ phase: "OPEN", closes_at: LATER });
    expect(told.goneOn).toBe(1);
  });

  it("is taken up when it was known before the refusal came", async () => {
    const { halt, told, see } = page();
    halt(null);
    await see({ closes_at: LATER });
    expect(told.goneOn).toBe(0);
    halt("closed");
    await nextTick();
    expect(told.goneOn).toBe(1);
  });

  it("is tried once for each end when the server refuses all the same", async () => {
    const { halt, told, see } = page();
    await see({ closes_at: LATER });
    halt("closed");
    await nextTick();
    await see({ closes_at: LATER });
    expect(told.goneOn).toBe(1);
    await see({ closes_at: "2026-11-23T02:20:00Z" });
    expect(told.goneOn).toBe(2);
  });

  it("waits for the pause to end", async () => {
    const { told, see } = page();
    await see({ phase: "PAUSED", closes_at: LATER });
    expect(told.goneOn).toBe(0);
    await see({ phase: "OPEN" });
    expect(told.goneOn).toBe(1);
  });

  it("is none of a page that has put the paper away, or was superseded", async () => {
    const { halt, paper, told, see } = page();
    paper.value = null;
    await see({ closes_at: LATER });
    paper.value = {};
    halt("superseded");
    await nextTick();
    expect(told.goneOn).toBe(0);
  });
});
