import { describe, expect, it } from "vitest";

import { pageDigits, unclaimedSeq } from "./unclaimed";

/** The highest number that the server takes. */
const MOST_SEQ = 1_000_000_000;
const AT = new Date("2026-11-23T01:00:00.000Z");
const later = (ms: number) => new Date(AT.getTime() + ms);

describe("the number of a line before the claim", () => {
  it("differs from every other page's, however many lines are written in one instant", () => {
    const numbers = [1, 2, 99].flatMap((digits) => {
      const own = [unclaimedSeq(0, AT, digits)];
      for (let line = 1; line < 300; line++) own.push(unclaimedSeq(own.at(-1)!, AT, digits));
      expect(own).toEqual([...own].sort((one, other) => one - other));
      return own;
    });
    expect(new Set(numbers).size).toBe(900);
  });

  it("is higher for what is written later, on whichever page", () => {
    expect(unclaimedSeq(0, later(10), 1)).toBeGreaterThan(unclaimedSeq(0, AT, 99));
  });

  it("follows the page's last one when its clock was set back, or the day's numbers begin again", () => {
    const last = unclaimedSeq(0, AT, 7);
    for (const at of [later(-60_000), new Date("2026-11-23T20:00:00Z")]) {
      const next = unclaimedSeq(last, at, 7);
      expect([next > last, next - last <= 100, next % 100]).toEqual([true, true, 7]);
    }
  });

  it("is one that the server takes, all day", () => {
    expect(unclaimedSeq(0, new Date("2026-11-23T20:00:00Z"), 1)).toBe(1);
    expect(unclaimedSeq(0, new Date("2026-11-23T19:59:59.999Z"), 99)).toBeLessThan(MOST_SEQ);
  });

  it("has digits from 1 to 99", () => {
    expect([pageDigits(0), pageDigits(0.5), pageDigits(0.999_999)]).toEqual([1, 50, 99]);
  });
});
