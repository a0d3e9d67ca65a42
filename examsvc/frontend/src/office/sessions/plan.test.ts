import { describe, expect, it } from "vitest";

import { draftOf, emptyPlan, endOf, type ExamSession, instant, type PlanDraft, planOf, wallTime } from "./plan";

const plan = (more: Partial<PlanDraft>): PlanDraft => ({ ...emptyPlan(), startsAt: "2026-12-31T23:30", minutes: 60, ...more });

describe("an exam session's window", () => {
  it("ends with the paper when the clock is common, across midnight and the year", () => {
    expect(endOf(plan({}))).toBe("2027-01-01T00:30");
  });

  it("ends when the office says when the clock is personal", () => {
    expect(endOf(plan({ clockRule: "PERSONAL", endsAt: "2027-01-01T08:00" }))).toBe("2027-01-01T08:00");
  });

  it("is not known before the start is", () => {
    expect(endOf(plan({ startsAt: "" }))).toBe("");
    expect(planOf(plan({ startsAt: "" }))).toMatchObject({ starts_at: "", ends_at: "" });
  });

  it("is meant in Shanghai wherever the browser stands", () => {
    expect(instant("2026-12-01T09:00")).toBe("2026-12-01T09:00:00+08:00");
    expect(wallTime("2026-12-01T01:00:00Z")).toBe("2026-12-01T09:00");
  });
});

it("a session comes back from the server as it was sent", () => {
  const sent = planOf(plan({ code: "S-1", filingId: "f", drawId: "d", shuffleOptions: false, acceptOffline: false, conditions: ["Working age", "Student"], clockRule: "PERSONAL", endsAt: "2027-01-01T08:00" }));
  expect(planOf(draftOf(sent as ExamSession))).toEqual(sent);
});

it("lines that hold nothing are no conditions", () => {
  expect(planOf(plan({ conditions: ["", " Student ", " "] })).application_conditions).toEqual(["Student"]);
});
