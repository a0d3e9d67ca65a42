import { describe, expect, it } from "vitest";

import { EventReporter, type NoticedEvent } from "./events";

const AT = new Date("2026-11-23T01:00:00Z");
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("telling what the page noticed", () => {
  it("keeps the order, and tells nothing twice", async () => {
    const told: string[] = [];
    const send = (events: NoticedEvent[]) => {
      told.push(events[0]!.kind);
      return Promise.resolve(1);
    };
    const reporter = new EventReporter(send, () => AT);
    reporter.report("TAB_HIDDEN");
    reporter.report("WINDOW_BLURRED");
    reporter.report("TAB_SHOWN");
    await settle();
    expect(told).toEqual(["TAB_HIDDEN", "WINDOW_BLURRED", "TAB_SHOWN"]);
  });

  it("keeps what could not be told for the next occasion", async () => {
    const told: string[] = [];
    let isUp = false;
    const send = (events: NoticedEvent[]) => {
      if (!isUp) return Promise.reject(new Error("down"));
      told.push(...events.map((event) => event.kind));
      return Promise.resolve(events.length);
    };
    const reporter = new EventReporter(send, () => AT);
    reporter.report("TAB_HIDDEN");
    reporter.report("TAB_SHOWN");
    await settle();
    isUp = true;
    await reporter.flush();
    expect(told).toEqual(["TAB_HIDDEN", "TAB_SHOWN"]);
  });
});
