import { describe, expect, it } from "vitest";

import { detectLanguage } from "./languages";

describe("the language to begin with", () => {
  it.each([
    [null, ["zh-CN", "en"], "zh-CN"],
    [null, ["en-GB", "zh-CN"], "en"],
    [null, ["zh-Hant-TW"], "zh-CN"],
    [null, ["fr", "en-US"], "en"],
    [null, ["fr"], "zh-CN"],
    [null, [], "zh-CN"],
    ["en", ["zh-CN"], "en"],
    ["tlh", ["en"], "en"],
  ])("chosen %s, browser %j: %s", (chosen, preferred, language) => {
    expect(detectLanguage(chosen, preferred)).toBe(language);
  });
});
