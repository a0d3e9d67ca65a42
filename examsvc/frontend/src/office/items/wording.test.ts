import { describe, expect, it } from "vitest";

import { blanksIn, type Draft, draftOf, emptyDraft, previewOf, type Version, wordingOf } from "./wording";

const draft = (more: Partial<Draft>): Draft => ({ ...emptyDraft(), stem: "Q", pointId: "p", ...more });
const option = (text: string, isRight = false, isFixed = false) => ({ text, isRight, isFixed });

describe("what is sent to the server", () => {
  it("names options by letters and says which are right and which keep their place", () => {
    const { content, key } = wordingOf(draft({ options: [option("A"), option("B", true), option("all", false, true)] }));
    expect(content.options?.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(content.fixed).toEqual(["c"]);
    expect(key).toEqual({ right: ["b"] });
  });

  it("holds as many blanks as the stem marks, with one accepted answer a line", () => {
    const { content, key } = wordingOf(draft({ type: "FILL_IN", stem: "____ and ____", blanks: ["one\n\n two ", "three", "lost"] }));
    expect(content).toEqual({ stem: "____ and ____", blanks: 2 });
    expect(key).toEqual({ blanks: [["one", "two"], ["three"]] });
  });

  it("leaves out what the type does not have", () => {
    expect(wordingOf(draft({ type: "TRUE_FALSE", isTrue: false }))).toMatchObject({ content: { stem: "Q" }, key: { value: false } });
    expect(wordingOf(draft({ type: "TRUE_FALSE" })).key).toEqual({});
    expect(wordingOf(draft({ type: "NUMERIC", value: " 1.5 ", unit: "" }))).toMatchObject({ content: { stem: "Q" }, key: { value: "1.5", tolerance: "0" } });
    expect(wordingOf(draft({ type: "SHORT_ANSWER", reference: "R", scoring: "x\ny" })).key).toEqual({ reference: "R", points: ["x", "y"] });
  });
});

describe("a draft", () => {
  it.each<Partial<Draft>>([
    { options: [option("A", true), option("B"), option("C", false, true)] },
    { type: "MULTIPLE_CHOICE", options: [option("A", true), option("B", true)] },
    { type: "TRUE_FALSE", isTrue: false },
    { type: "FILL_IN", stem: "a ____ b", blanks: ["x\ny"] },
    { type: "NUMERIC", value: "1.50", tolerance: "0.01", unit: "kg" },
    { type: "SHORT_ANSWER", reference: "R", scoring: "x\ny" },
  ])("comes back from the server as it was sent: %j", (parts) => {
    const sent = draft({ ...parts, code: "C-1", explanation: "E" });
    const wording = wordingOf(sent);
    const version = { ...wording, code: "C-1" } as unknown as Version;
    expect(wordingOf(draftOf(version, wording.key, wording.explanation))).toEqual(wording);
  });

  it("never shows its key in the preview", () => {
    const preview = JSON.stringify(previewOf(draft({ options: [option("A", true), option("B")] })));
    expect(preview).not.toContain("right");
  });
});

it.each([["", 0], ["____", 1], ["____ and ____", 2]])("%j marks %i blanks", (stem, count) => expect(blanksIn(stem)).toBe(count));
