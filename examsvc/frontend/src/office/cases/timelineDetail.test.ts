import { describe, expect, it } from "vitest";

import { daysBetween, monthOf, shanghaiDay, weeksOf } from "./days";
import { folded, told } from "./timelineDetail";

describe("what a line of the history tells", () => {
  it("is what has a name, never identifiers, digests or where it came from", () => {
    const detail = {
      ...{ came_from: "DRAFT", document: "019b0000-0000-7000-8000-000000000000", digest: "a".repeat(64), side: "organisation" },
      ...{ member: "019b0000-0000-7000-8000-000000000000", reason: "材料不全", round: 2, title: "", list: [1], number: 1 },
    };
    expect(told(detail).map(({ name, value }) => [name, value])).toEqual([
      ["round", "2"],
      ["reason", "材料不全"],
    ]);
    expect(told({ number: "备案-1" })).toEqual([{ name: "number", value: "备案-1", keys: [] }]);
  });
});

describe("the lines of the history", () => {
  const event = (action: string, at: string, more: object = {}) => ({ action, at, actor_name: "周敏", detail: {}, document_id: null, ...more });

  it("are the latest first, and what was done on end on one day is counted", () => {
    const events = [
      event("case.proposal_written", "2026-11-23T15:59:58Z"),
      event("case.proposal_written", "2026-11-23T15:59:59Z"),
      event("case.proposal_written", "2026-11-23T16:00:00Z"),
      event("document.kept", "2026-11-23T16:00:01Z", { document_id: "a" }),
      event("document.kept", "2026-11-23T16:00:02Z", { document_id: "b" }),
      event("case.national_agreed", "2026-11-23T16:00:02Z", { document_id: "b" }),
      event("review.opened", "2026-11-23T16:00:03Z", { detail: { round: 1 } }),
      event("review.opened", "2026-11-23T16:00:04Z", { detail: { round: 2 } }),
    ];
    expect(folded(events).map(({ event: { action }, count }) => [action, count])).toEqual([
      ["review.opened", 1],
      ["review.opened", 1],
      ["case.national_agreed", 1],
      ["document.kept", 1],
      ["case.proposal_written", 1],
      ["case.proposal_written", 2],
    ]);
  });
});

describe("days between two instants are Shanghai's civil days", () => {
  it.each([
    ["2026-11-23T15:59:59Z", "2026-11-23T16:00:00Z", 1],
    ["2026-11-23T16:00:00Z", "2026-11-24T15:59:59Z", 0],
    ["2026-03-01T00:00:00Z", "2026-02-28T00:00:00Z", -1],
  ])("%s to %s: %i", (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });
});

describe("the weeks of a month", () => {
  it("begin on Monday and hold every day", () => {
    const weeks = weeksOf("2026-02-01");
    expect([weeks[0]?.[0], weeks.at(-1)?.at(-1), weeks.length]).toEqual(["2026-01-26", "2026-03-01", 5]);
    expect(weeksOf("2027-02-01")).toHaveLength(4);
    expect(monthOf("2026-12-31", 1)).toBe("2027-01-01");
    expect(shanghaiDay("2026-11-23T16:00:00Z")).toBe("2026-11-24");
  });
});
