import { describe, expect, it } from "vitest";

import { grantedIn, shown } from "./shown";

describe("how a page is shown", () => {
  it.each([
    ["nothing granted or chosen", null, undefined, "normal"],
    ["a grant", "large", undefined, "large"],
    ["a choice without a grant", null, { value: "largest", over: null }, "largest"],
    ["a choice made over the grant", "large", { value: "normal", over: "large" }, "normal"],
    ["a grant decided after the choice", "larger", { value: "normal", over: null }, "larger"],
    ["another grant than the one chosen over", "largest", { value: "normal", over: "large" }, "largest"],
    ["a choice whose grant was withdrawn", null, { value: "largest", over: "large" }, "largest"],
  ] as const)("%s: %s, %j shows %s", (_what, granted, choice, expected) => {
    expect(shown<string>(granted, choice, "normal")).toBe(expected);
  });

  it("is granted by the names of the API", () => {
    expect(grantedIn({ display: { text_size: "LARGER", high_contrast: true } })).toEqual({ text: "larger", contrast: "high", keys: null });
    expect(grantedIn({ display: { text_size: null, high_contrast: false } })).toEqual({ text: null, contrast: null, keys: null });
  });
});
