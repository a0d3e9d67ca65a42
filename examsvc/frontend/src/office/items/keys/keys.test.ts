// @vitest-environment happy-dom
import { flushPromises } from "@vue/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";

import CandidatePreview from "../CandidatePreview.vue";
import { type Body, emptyBody, emptyPart } from "../drafting/body";
import { previewOf } from "../drafting/preview";
import { show } from "../testing";
import { ITEM_TYPES, type ItemType } from "../wording";
import { KEY_VIEWS } from "./keyViews";

const option = (id: string, text: string, isRight = false, weight = "") => ({ id, text, isRight, weight, isFixed: false, media: "" });
const line = (id: string, text: string) => ({ id, text, media: "" });
const options = [option("a", "amber", true, "0.5"), option("b", "blue", false, "-0.5")];
const picture = { digest: "d1", media_type: "image/png", width: 100, height: 50, alt: "a panel" };

/** For each type a question, what its key tells, and what nobody who answers may read. */
const BODIES: Record<ItemType, [Partial<Body>, tells: string[], hidden?: string]> = {
  SINGLE_CHOICE: [{ options }, ["A. amber"]],
  MULTIPLE_CHOICE: [{ options, choiceScoring: "MAP" }, ["A. amber (worth 0.5)", "B. blue (worth -0.5)", "Least share 0"], "0.5"],
  TRUE_FALSE: [{ isTrue: true }, ["True"]],
  FILL_IN: [{ stem: "____", blanks: ["pH\nPH"], caseSensitive: true }, ["pH / PH", "Case matters"], "PH"],
  NUMERIC: [{ value: "2.5", tolerance: "0.1", unit: "kg" }, ["2.5 ± 0.1 kg"], "2.5"],
  INLINE_CHOICE: [{ stem: "____", gaps: [options] }, ["amber", "blue"]],
  ORDERING: [{ lines: [line("x", "stop"), line("y", "go")] }, ["stop", "go"]],
  MATCHING: [{ pairs: [{ ...line("l", "red"), match: line("s", "halt") }], extras: [line("q", "wait")] }, ["red", "halt", "wait"]],
  HOTSPOT: [{ picture, areas: [{ shape: "RECT", coords: [1, 2, 3, 4] }] }, ["1 right areas"]],
  SHORT_ANSWER: [{ reference: "because", scoring: "one\ntwo" }, ["because", "one", "two"], "because"],
  EXTENDED_ANSWER: [{ reference: "because", length: "600" }, ["because"], "because"],
  COMPOSITE: [{ parts: [{ ...emptyPart([]), share: 3, body: { ...emptyBody(), type: "TRUE_FALSE", stem: "Is it?", isTrue: false } }] }, ["part 1", "False"]],
};

afterEach(() => (document.body.innerHTML = ""));

describe.each(ITEM_TYPES)("%s", (type) => {
  const [more, tells, hidden] = BODIES[type];
  const body: Body = { ...emptyBody(), type, stem: "The question", ...more };

  it("tells its key to who may read it", async () => {
    const page = show(KEY_VIEWS[type], { body });
    await vi.dynamicImportSettled();
    await flushPromises();
    for (const told of tells) expect(page.text()).toContain(told);
  });

  it("is tried out as its candidate answers it, without a word of its key", async () => {
    const page = show(CandidatePreview, { question: previewOf(body), bankId: "b-1" });
    await flushPromises();
    expect(page.findAll("input, textarea, select, button").length).toBeGreaterThan(0);
    if (hidden) expect(page.html()).not.toContain(hidden);
  });
});

it("previews a place to mark before there is a picture", () => {
  const page = show(CandidatePreview, { question: previewOf({ ...emptyBody(), type: "HOTSPOT", stem: "Mark it" }), bankId: "b-1" });
  expect(page.text()).toContain("Mark it");
});
