// @vitest-environment happy-dom
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";

import { json, refused, serve } from "@/api/testing";

import { type Draft, emptyDraft } from "./drafting/draft";
import { show } from "./testing";
import WordingForm from "./WordingForm.vue";

const SAVE = "POST /api/banks/b-1/items";
const bank = { bank_id: "b-1", work_tasks: [] };
const Empty = { render: () => null };

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
});

function open(more: Partial<Draft>) {
  const routes = [{ path: "/", component: Empty }, { path: "/items/:itemId", name: "item", component: Empty }];
  const router = createRouter({ history: createMemoryHistory(), routes });
  const start = { ...emptyDraft(), code: "C-1", pointId: "k-1", stem: "Which first?", ...more };
  return { router, page: show(WordingForm, { bank, start, version: null }, [router]) };
}

const lines = ["switch off", "lock", "test"].map((text, index) => ({ id: `id-${index}`, text, media: "" }));

it("sends a new item and goes to it", async () => {
  const seen = serve({ [SAVE]: json({ item_id: "i-1" }, 201) });
  const { page, router } = open({ type: "ORDERING", lines });
  await page.get("form").trigger("submit");
  await vi.waitFor(() => expect(router.currentRoute.value.params.itemId).toBe("i-1"));
  const sent = (await seen.at(-1)?.json()) as Record<string, unknown>;
  expect(sent).toMatchObject({ code: "C-1", type: "ORDERING", key: { order: ["id-0", "id-1", "id-2"] } });
});

it("says at the field what the server will not take, and keeps what was written", async () => {
  serve({ [SAVE]: refused("bad_item", 422, { field: "content.options", fault: "options_same" }) });
  const { page } = open({ type: "ORDERING", lines });
  await page.get("form").trigger("submit");
  await vi.waitFor(() => expect(page.get("fieldset.lines").text()).toContain("Two options are the same"));
  expect(page.get<HTMLInputElement>('[aria-label="line 2"]').element.value).toBe("lock");
  expect(Element.prototype.scrollIntoView).toHaveBeenCalled();
});

it("shows beside the editor what a candidate will see, as it is written", async () => {
  const { page } = open({ type: "TRUE_FALSE" });
  await page.get("textarea").setValue("Is it \\(x\\)?");
  await flushPromises();
  expect(page.get(".preview").text()).toContain("Is it");
});
