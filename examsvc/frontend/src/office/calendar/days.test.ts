import { expect, it } from "vitest";

import { Refusal } from "@/api/refusal";

import { dayText } from "./days";
import { faultsOf } from "./importing";

it.each([
  ["2026-02-28", "zh-CN", "2月28日周六"],
  ["2026-02-28", "en", "Sat, Feb 28"],
])("%s in %s is %s, wherever the browser stands", (day, language, text) => {
  expect(dayText(day, language)).toBe(text);
});

it("finds the faults of a refused table and of nothing else", () => {
  const faults = [{ row: 5, date: "2027-02-06", fault: "twice" }];
  expect(faultsOf(new Refusal("bad_holiday_file", "", 422, { faults }))).toEqual(faults);
  expect(faultsOf(new Refusal("not_allowed", "", 403))).toEqual([]);
  expect(faultsOf(null)).toEqual([]);
});
