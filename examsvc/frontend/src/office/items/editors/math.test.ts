import { describe, expect, it } from "vitest";

import { isMathAt, type MathFault, mathFault, SNIPPETS, withSnippet } from "./math";

describe("a snippet", () => {
  it("brings its own marks where there is no mathematics yet", () => {
    expect(withSnippet("R = ", 4, "\\frac{▢}{}")).toEqual({ text: "R = \\(\\frac{}{}\\)", cursor: 12 });
  });

  it("goes into the mathematics that the cursor stands in", () => {
    expect(withSnippet("\\(x\\) m", 3, "^{▢}")).toEqual({ text: "\\(x^{}\\) m", cursor: 5 });
  });

  it.each(SNIPPETS)("$name leaves sound mathematics", ({ latex }) => {
    expect(mathFault(withSnippet("", 0, latex).text)).toBeNull();
  });
});

it.each([
  ["a \\(b\\) c", 1, false],
  ["a \\(b\\) c", 5, true],
  ["a \\(b\\) c", 9, false],
  ["\\[b", 3, true],
])("in %j place %i is mathematics: %s", (text, cursor, isMath) => expect(isMathAt(text, cursor)).toBe(isMath));

it.each<[string, MathFault | null]>([
  ["no mathematics {", null],
  ["\\(\\frac{1}{2}\\) and \\[x\\]", null],
  ["\\(\\{1\\}\\)", null],
  ["\\(x", "unclosed"],
  ["\\(x \\(y\\)", "unclosed"],
  ["x\\)", "unopened"],
  ["\\(x\\]", "unopened"],
  ["\\(\\frac{1}{2\\)", "braces"],
  ["\\(}{\\)", "braces"],
])("%j: %s", (text, fault) => expect(mathFault(text)).toBe(fault));
