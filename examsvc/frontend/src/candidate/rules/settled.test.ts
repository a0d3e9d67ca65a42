import { describe, expect, it } from "vitest";

import { isSettled } from "./settled";

describe("a sitting that is over", () => {
  it("waits for answers under way when time was up, also while somebody logs in again", () => {
    expect(isSettled({ unsaved: 1, halt: null }, true)).toBe(false);
    expect(isSettled({ unsaved: 1, halt: "login" }, true)).toBe(false);
  });

  it.each([
    ["everything is confirmed", 0, null, true],
    ["it did not end by time", 1, null, false],
    ["the server takes nothing any more", 1, "closed", true],
    ["another page or log-in has the sitting, which nobody claims now", 1, "superseded", true],
  ] as const)("is settled when %s", (_, unsaved, halt, isTimeUp) => {
    expect(isSettled({ unsaved, halt }, isTimeUp)).toBe(true);
  });
});
