import { describe, expect, it } from "vitest";

import type { Version } from "../wording";
import { emptyOption } from "./body";
import { type Draft, draftOf, itemOf, wordingOf } from "./draft";
import { bodyOf, wireOf } from "./drafting";
import type { Content, Key } from "./shapes";
import { CASES, draft, line, option } from "./testing";

const blank: Key = {};

describe.each(CASES)("%s", (_name, held, content, key) => {
  it("is sent with what its type has and no more", () => {
    expect(wordingOf(draft(held))).toMatchObject({ difficulty: "MEDIUM", knowledge_point_id: "p" });
    expect(wireOf(draft(held))).toEqual([{ stem: "Q", ...content }, key]);
  });

  it("comes back from the server as it was sent", () => {
    const sent = draft({ ...held, code: "C-1", explanation: "E" });
    const wording = wordingOf(sent);
    const version = { ...wording, code: "C-1", external_id: null } as unknown as Version;
    const back = draftOf(version, key, wording.explanation);
    expect(wordingOf(back)).toEqual(wording);
    expect(back).toMatchObject(Object.fromEntries(Object.entries(held).filter(([name]) => name !== "parts")));
  });

  it("never tells its key in its content", () => {
    const [shown] = wireOf(draft(held));
    expect(JSON.stringify(shown)).not.toMatch(/right|weight|order|pairs|areas|reference|accepted/);
  });
});

it("keeps what is said of an item beside its wording", () => {
  const said = { importance: "X", bloom: "APPLY", tags: ["safety"], source: "Handbook, p. 12", rights: "ours" } as const;
  const sent = draft({ ...said, tags: [...said.tags], type: "TRUE_FALSE", isTrue: true, externalId: " old-7 " });
  expect(itemOf(sent)).toMatchObject({ ...said, external_id: "old-7" });
  const version = { ...wordingOf(sent), code: "C-1", external_id: "old-7" } as unknown as Version;
  expect(draftOf(version, { value: true }, "")).toMatchObject({ ...said, externalId: "old-7" });
  expect(wordingOf(draft({}))).toMatchObject({ importance: null, bloom: null, tags: [], source: "", rights: "" });
});

describe("what is not there yet", () => {
  it.each<[Partial<Draft>, Key]>([
    [{ type: "TRUE_FALSE" }, blank],
    [{ type: "INLINE_CHOICE", stem: "____" }, { gaps: [""] }],
    [{ type: "FILL_IN", stem: "____", blanks: ["one\n\n two ", "lost"] }, { blanks: [["one", "two"]] }],
  ])("is left for the server to refuse: %j", (held, key) => expect(wireOf(draft(held))[1]).toEqual(key));
});

it("takes for right what earns something when marks are added up", () => {
  const options = [option("a", "A", { weight: "0.5" }), option("b", "B", { isRight: true }), option("c", "C", { weight: "-0.5" })];
  const [, key] = wireOf(draft({ type: "MULTIPLE_CHOICE", choiceScoring: "MAP", options }));
  expect(key).toEqual({ right: ["a"], scoring: { mode: "MAP", weights: { a: "0.5", b: "0", c: "-0.5" }, least: "0" } });
});

it("takes a third for what it is, which no decimal says", () => {
  const options = ["a", "b", "c"].map((id) => option(id, id, { weight: "1/3" }));
  const [, key] = wireOf(draft({ type: "MULTIPLE_CHOICE", choiceScoring: "MAP", options }));
  expect(key.right).toEqual(["a", "b", "c"]);
});

describe("rows that were offered and left empty", () => {
  it("are no part of a choice, of an order, of pairs or of a gap", () => {
    const empty = option("z", " ");
    const sent = (held: Partial<Draft>): Content => wireOf(draft(held))[0];
    expect(sent({ options: [option("a", "A", { isRight: true }), empty] }).options).toHaveLength(1);
    expect(sent({ type: "ORDERING", lines: [line("a", "A"), line("b", "B"), line("z", "")] }).options).toHaveLength(2);
    expect(sent({ type: "INLINE_CHOICE", stem: "____", gaps: [[option("a", "A"), option("b", "B"), empty]] }).gaps?.[0]).toHaveLength(2);
    const pairs = [{ ...line("l", "red"), match: line("s", "stop") }, { ...line("y", ""), match: line("z", "") }];
    expect(sent({ type: "MATCHING", pairs, extras: [line("x", "")] })).toMatchObject({ options: [{ id: "l" }], matches: [{ id: "s" }] });
  });

  it("are sent where they are marked as right or have only one of two sides, so that they are refused and not lost", () => {
    const [content, key] = wireOf(draft({ options: [option("a", "A"), option("z", "", { isRight: true })] }));
    expect([content.options?.length, key.right]).toEqual([2, ["z"]]);
    const [paired] = wireOf(draft({ type: "MATCHING", pairs: [{ ...line("l", ""), match: line("s", "stop") }] }));
    expect(paired.options).toEqual([{ id: "l", text: "" }]);
  });
});

it("names an added option with the first letter that is free", () => {
  expect(emptyOption([option("a", "A"), option("c", "C")]).id).toBe("b");
});

it("lets two lines of the left side belong to the same of the right side", () => {
  const pairs = [{ ...line("l", "red"), match: line("s", "stop") }, { ...line("m", "amber"), match: line("t", " stop") }];
  const [content, key] = wireOf(draft({ type: "MATCHING", pairs }));
  expect(content.matches).toEqual([{ id: "s", text: "stop" }]);
  expect(key).toEqual({ pairs: { l: "s", m: "s" } });
  expect(wireOf(bodyOf("MATCHING", content, key))).toEqual([content, key]);
});
