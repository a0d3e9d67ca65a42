// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";

import { forgetNotes, keepNotes, MOST_CHARACTERS, readNotes } from "./notes";

describe("scratch notes", () => {
  beforeEach(() => localStorage.clear());

  it("are each sitting's own, outlast a reload and are forgotten when it is over", () => {
    expect(readNotes("one")).toBe("");
    expect(keepNotes("one", "7 × 8 = 56")).toBe(true);
    expect(readNotes("one")).toBe("7 × 8 = 56");
    expect(readNotes("other")).toBe("");
    forgetNotes("one");
    expect(readNotes("one")).toBe("");
  });

  it("end where the browser's room for others would", () => {
    keepNotes("one", "字".repeat(MOST_CHARACTERS + 5));
    expect(readNotes("one")).toHaveLength(MOST_CHARACTERS);
  });
});
