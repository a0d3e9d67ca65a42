// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";

import { json, serve } from "@/api/testing";

import { emptyOptions, emptyPart } from "../drafting/body";
import { wireOf } from "../drafting/drafting";
import { edit } from "../testing";
import { ITEM_TYPES } from "../wording";
import BodyEditor from "./BodyEditor.vue";

const button = (page: VueWrapper, name: string) => {
  const found = page.findAll("button").find((one) => (one.attributes("aria-label") ?? one.text()) === name);
  if (!found) throw new Error(`no button ${name}`);
  return found;
};

afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
});

describe.each(ITEM_TYPES)("the editor of %s", (type) => {
  it("gives every field a name", async () => {
    const parts = type === "COMPOSITE" ? [emptyPart([])] : [];
    const { page } = edit(BodyEditor, { type, stem: "____", parts });
    await vi.dynamicImportSettled();
    await flushPromises();
    const fields = page.findAll<HTMLInputElement>("input, textarea, select");
    expect(fields.length).toBeGreaterThan(1);
    const nameless = fields.filter(({ element }) => !element.labels?.length && !element.getAttribute("aria-label"));
    expect(nameless.map(({ html }) => html())).toEqual([]);
  });
});

describe("lines to be put in order", () => {
  it("are moved, added and removed", async () => {
    const lines = ["one", "two", "three"].map((text) => ({ id: text, text, media: "" }));
    const { page, body } = edit(BodyEditor, { type: "ORDERING", lines });
    await button(page, "Move line 3 up").trigger("click");
    expect(body.lines.map(({ text }) => text)).toEqual(["one", "three", "two"]);
    await button(page, "Remove line 1").trigger("click");
    await button(page, "Add a line").trigger("click");
    expect(body.lines.map(({ text }) => text)).toEqual(["three", "two", ""]);
    expect(button(page, "Move line 1 up").attributes("disabled")).toBeDefined();
  });
});

describe("pairs", () => {
  it("take spare right sides", async () => {
    const { page, body } = edit(BodyEditor, { type: "MATCHING" });
    await page.get('[aria-label="Left side of pair 1"]').setValue("red");
    await page.get('[aria-label="Right side of pair 1"]').setValue("stop");
    await button(page, "Add a spare").trigger("click");
    await page.get('[aria-label="spare 1"]').setValue("wait");
    const [content] = wireOf({ ...body, pairs: body.pairs.slice(0, 1) });
    expect(content.matches?.map(({ text }) => text)).toEqual(["stop", "wait"]);
  });
});

describe("gaps", () => {
  it("come and go with their marks in the stem, and keep what was written", async () => {
    const { page, body } = edit(BodyEditor, { type: "INLINE_CHOICE", stem: "____" });
    expect(page.text()).toContain("Options of gap 1");
    body.stem = "____ ____";
    await flushPromises();
    expect(page.text()).toContain("Options of gap 2");
    expect(body.gaps).toHaveLength(2);
    body.stem = "____";
    await flushPromises();
    expect(page.text()).not.toContain("Options of gap 2");
    expect(body.gaps).toHaveLength(2);
  });
});

describe("a multiple choice", () => {
  it("asks what each option is worth once marks are added up", async () => {
    const { page, body } = edit(BodyEditor, { type: "MULTIPLE_CHOICE", options: emptyOptions(2) });
    expect(page.findAll('[type="checkbox"]')).not.toHaveLength(0);
    await page.get('[value="MAP"]').setValue(true);
    expect(page.text()).toContain("Least share of the points");
    await page.get(".weight input").setValue("0.5");
    expect(wireOf(body)[1]).toMatchObject({ right: ["a"], scoring: { mode: "MAP", weights: { a: "0.5" } } });
  });
});

describe("mathematics", () => {
  it("is written at the cursor, and told when its marks do not fit", async () => {
    const { page, body } = edit(BodyEditor, { type: "TRUE_FALSE", stem: "R = " });
    await button(page, "Fraction").trigger("click");
    expect(body.stem).toBe("R = \\(\\frac{}{}\\)");
    await page.get("textarea").setValue("\\(x");
    expect(page.text()).toContain("Mathematics is not closed");
  });
});

describe("a picture", () => {
  it("is uploaded, described, and shown by an option until it is removed", async () => {
    serve({ "POST /api/banks/b-1/media": json({ digest: "d1", kind: "PICTURE", media_type: "image/png", width: 4, height: 3, bytes: 9 }, 201) });
    const { page, body } = edit(BodyEditor, { options: emptyOptions(2) });
    const input = page.get<HTMLInputElement>('[type="file"]');
    Object.defineProperty(input.element, "files", { value: [new File(["x"], "gate.png")] });
    await input.trigger("change");
    await vi.waitFor(() => expect(body.media).toEqual([{ digest: "d1", kind: "PICTURE", media_type: "image/png", alt: "", plays: "" }]));
    await flushPromises();
    expect(page.get("img").attributes("src")).toBe("/api/banks/b-1/media/d1");
    const [select] = page.findAll("select");
    await select?.setValue("d1");
    expect(body.options[0]?.media).toBe("d1");
    await button(page, "Remove file 1").trigger("click");
    expect(body.options[0]?.media).toBe("");
  });
});

describe("a composite", () => {
  it("has parts of any type with their shares, in an order that can be changed", async () => {
    const { page, body } = edit(BodyEditor, { type: "COMPOSITE", stem: "A case" });
    await vi.dynamicImportSettled();
    await flushPromises();
    await button(page, "Add a part").trigger("click");
    await button(page, "Add a part").trigger("click");
    expect(body.parts.map(({ id }) => id)).toEqual(["p1", "p2"]);
    await page.get(".part select").setValue("TRUE_FALSE");
    expect(body.parts[0]?.body.type).toBe("TRUE_FALSE");
    await button(page, "Move part 1 down").trigger("click");
    expect(body.parts.map(({ id }) => id)).toEqual(["p2", "p1"]);
  });

  it("shows what is wrong with a part at its place", async () => {
    const errorOf = (field: string): string => (field === "content.parts.p2.stem" ? "The stem is empty" : "");
    const parts = [emptyPart([])];
    const { page } = edit(BodyEditor, { type: "COMPOSITE", parts: [...parts, emptyPart(parts)] }, errorOf);
    await vi.dynamicImportSettled();
    await flushPromises();
    const [first, second] = page.findAll(".part");
    expect(first?.text()).not.toContain("The stem is empty");
    expect(second?.text()).toContain("The stem is empty");
  });
});
