/** Drafts of every type for tests, and what the server is sent for each. */

import type { DraftLine, DraftOption } from "./body";
import { type Draft, emptyDraft } from "./draft";
import type { Content, Key } from "./shapes";

export const draft = (more: Partial<Draft>): Draft => ({ ...emptyDraft(), stem: "Q", pointId: "p", ...more });
export const option = (id: string, text: string, more: Partial<DraftOption> = {}): DraftOption => ({ id, text, isRight: false, isFixed: false, media: "", weight: "", ...more });
export const line = (id: string, text: string): DraftLine => ({ id, text, media: "" });
const picture = { digest: "d1", media_type: "image/png", width: 640, height: 480, alt: "panel" };

/** What the editor holds, and what the server is sent for it. */
export const CASES: [name: string, held: Partial<Draft>, content: Partial<Content>, key: Key][] = [
  [
    "a single choice with an option that keeps its place",
    { options: [option("a", "A"), option("b", "B", { isRight: true }), option("c", "all", { isFixed: true })] },
    { options: [{ id: "a", text: "A" }, { id: "b", text: "B" }, { id: "c", text: "all" }], fixed: ["c"] },
    { right: ["b"] },
  ],
  [
    "a choice among pictures",
    {
      media: [{ digest: "d1", kind: "PICTURE", media_type: "image/png", alt: "a gate", plays: "" }],
      options: [option("a", "A", { media: "d1", isRight: true }), option("b", "B")],
    },
    {
      media: [{ digest: "d1", kind: "PICTURE", media_type: "image/png", alt: "a gate" }],
      options: [{ id: "a", text: "A", media: "d1" }, { id: "b", text: "B" }],
    },
    { right: ["a"] },
  ],
  [
    "a multiple choice that is right or wrong as a whole",
    { type: "MULTIPLE_CHOICE", options: [option("a", "A", { isRight: true }), option("b", "B", { isRight: true })] },
    { options: [{ id: "a", text: "A" }, { id: "b", text: "B" }] },
    { right: ["a", "b"] },
  ],
  [
    "a multiple choice whose marks are added up",
    {
      type: "MULTIPLE_CHOICE",
      choiceScoring: "MAP",
      least: "0.1",
      options: [option("a", "A", { isRight: true, weight: "0.5" }), option("b", "B", { isRight: true, weight: "0.5" }), option("c", "C", { weight: "-0.5" })],
    },
    { options: [{ id: "a", text: "A" }, { id: "b", text: "B" }, { id: "c", text: "C" }] },
    { right: ["a", "b"], scoring: { mode: "MAP", weights: { a: "0.5", b: "0.5", c: "-0.5" }, least: "0.1" } },
  ],
  ["a statement", { type: "TRUE_FALSE", isTrue: false }, {}, { value: false }],
  ["blanks", { type: "FILL_IN", stem: "____ ____", blanks: ["x\ny", "z"] }, { stem: "____ ____", blanks: 2 }, { blanks: [["x", "y"], ["z"]] }],
  ["a blank that minds case", { type: "FILL_IN", stem: "____", blanks: ["pH"], caseSensitive: true }, { stem: "____", blanks: 1 }, { blanks: [["pH"]], case_sensitive: true }],
  ["a number", { type: "NUMERIC", value: "1.50", tolerance: "0.01", unit: "kg" }, { unit: "kg" }, { value: "1.50", tolerance: "0.01" }],
  [
    "an ordering",
    { type: "ORDERING", lines: [line("k", "first"), line("b", "then"), line("x", "last")], orderScoring: "PAIRS" },
    { options: [{ id: "k", text: "first" }, { id: "x", text: "last" }, { id: "b", text: "then" }] },
    { order: ["k", "b", "x"], scoring: "PAIRS" },
  ],
  [
    "a matching with a distractor",
    { type: "MATCHING", pairs: [{ ...line("l", "red"), match: line("s", "stop") }, { ...line("m", "green"), match: line("g", "go") }], extras: [line("q", "wait")] },
    { options: [{ id: "l", text: "red" }, { id: "m", text: "green" }], matches: [{ id: "g", text: "go" }, { id: "s", text: "stop" }, { id: "q", text: "wait" }] },
    { pairs: { l: "s", m: "g" } },
  ],
  [
    "choices within the stem",
    { type: "INLINE_CHOICE", stem: "____ first", gaps: [[option("a", "Power"), option("b", "Water", { isRight: true })]] },
    { stem: "____ first", gaps: [[{ id: "a", text: "Power" }, { id: "b", text: "Water" }]] },
    { gaps: ["b"] },
  ],
  [
    "places in a picture",
    { type: "HOTSPOT", picture, marks: 2, areas: [{ shape: "CIRCLE", coords: [10, 10, 5] }, { shape: "RECT", coords: [1, 2, 3, 4] }] },
    { picture, points: 2 },
    { areas: [{ shape: "CIRCLE", coords: [10, 10, 5] }, { shape: "RECT", coords: [1, 2, 3, 4] }] },
  ],
  ["a short answer", { type: "SHORT_ANSWER", reference: "R", scoring: "x\ny" }, {}, { reference: "R", points: ["x", "y"] }],
  ["an extended answer", { type: "EXTENDED_ANSWER", reference: "R", length: "600" }, { length: 600 }, { reference: "R" }],
  [
    "a composite",
    {
      type: "COMPOSITE",
      parts: [
        { id: "p1", share: 2, body: draft({ type: "TRUE_FALSE", stem: "Is it?", isTrue: true }) },
        { id: "p2", share: 3, body: draft({ type: "SHORT_ANSWER", stem: "Why?", reference: "R" }) },
      ],
    },
    {
      parts: [
        { id: "p1", type: "TRUE_FALSE", share: 2, content: { stem: "Is it?" } },
        { id: "p2", type: "SHORT_ANSWER", share: 3, content: { stem: "Why?" } },
      ],
    },
    { parts: { p1: { value: true }, p2: { reference: "R" } } },
  ],
  [
    "a recording that may be played twice",
    { type: "TRUE_FALSE", isTrue: true, media: [{ digest: "d2", kind: "AUDIO", media_type: "audio/mpeg", alt: "", plays: "2" }] },
    { media: [{ digest: "d2", kind: "AUDIO", media_type: "audio/mpeg", alt: "", plays: 2 }] },
    { value: true },
  ],
];
