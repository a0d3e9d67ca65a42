// @vitest-environment happy-dom
import type { VueWrapper } from "@vue/test-utils";
import { afterEach, expect, it, vi } from "vitest";

import { json, serve } from "@/api/testing";

import AlikeItems from "./comparing/AlikeItems.vue";
import VersionDifferences from "./comparing/VersionDifferences.vue";
import { show } from "./testing";
import VersionEnds from "./VersionEnds.vue";

const version = { version_id: "v-2", item_id: "i-1", number: 2, code: "C-1", state: "APPROVED", author_id: "a-9" };
const older = { ...version, version_id: "v-1", number: 1, state: "RETIRED" };
const press = async (page: VueWrapper, name: string): Promise<void> => {
  const button = page.findAll("button").filter((one) => one.text() === name).at(-1);
  if (!button) throw new Error(`no button ${name}`);
  await button.trigger(button.attributes("type") === "submit" ? "submit" : "click");
};

afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
});

it("lets a keeper release what somebody else wrote, after a question", async () => {
  const seen = serve({ "POST /api/item-versions/v-2/release": json(version) });
  const onChanged = vi.fn();
  const page = show(VersionEnds, { version, roles: ["REVIEWER"], onChanged });
  await press(page, "Release");
  expect(seen).toEqual([]);
  await press(page, "Release");
  await vi.waitFor(() => expect(onChanged).toHaveBeenCalledOnce());
});

it("asks why a version is compromised", async () => {
  const seen = serve({ "POST /api/item-versions/v-2/compromise": json(version) });
  const onChanged = vi.fn();
  const page = show(VersionEnds, { version: { ...version, state: "RELEASED" }, roles: ["OFFICE"], onChanged });
  expect(page.text()).not.toContain("Release C-1");
  await press(page, "Report a leak");
  await page.get("dialog form").trigger("submit");
  expect(seen).toEqual([]);
  await page.get("textarea").setValue("Seen on a forum");
  await page.get("dialog form").trigger("submit");
  await vi.waitFor(() => expect(onChanged).toHaveBeenCalledOnce());
  expect(await seen[0]?.json()).toEqual({ reason: "Seen on a forum" });
});

it("offers nothing to who keeps no bank", () => {
  expect(show(VersionEnds, { version, roles: ["AUTHOR"] }).findAll("button")).toEqual([]);
});

it("compares with the version before when asked, and marks the words that changed", async () => {
  const pieces = [
    { change: "SAME", text: "Which " },
    { change: "REMOVED", text: "first" },
    { change: "ADDED", text: "last" },
  ];
  const items = [
    { field: "content.stem", before: "Which first", after: "Which last", pieces },
    { field: "difficulty", before: "EASY", after: "HARD", pieces: [] },
  ];
  const seen = serve({ "GET /api/items/i-1/differences": json({ from: 1, to: 2, with_key: false, items }) });
  const page = show(VersionDifferences, { versions: [version, older], shown: version });
  expect(seen).toEqual([]);
  await page.get("form").trigger("submit");
  await vi.waitFor(() => expect(page.find("table").exists()).toBe(true));
  expect(new URL(seen[0]?.url ?? "").search).toBe("?from=1&to=2");
  expect(page.findAll("tbody th").map((cell) => cell.text())).toEqual(["Stem", "Difficulty"]);
  expect([page.get("del").text(), page.get("ins").text()]).toEqual(["first", "last"]);
  expect(page.text()).toContain("Easy");
});

it("warns of items that are like this one", async () => {
  const items = [{ version: { ...older, item_id: "i-7", code: "C-7" }, similarity: 0.919, is_same: false }];
  serve({ "GET /api/item-versions/v-2/duplicates": json({ items }) });
  const page = show(AlikeItems, { version });
  await vi.waitFor(() => expect(page.text()).toContain("91% alike"));
});
