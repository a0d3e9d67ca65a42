// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { describe, expect, it } from "vitest";
import { computed, defineComponent, h, ref } from "vue";

import { createLanguages } from "@/i18n";
import { areasOf } from "@/i18n/areas";
import en from "@/i18n/en/office.json";
import zh from "@/i18n/zh-CN/office.json";

import type { WorkTask } from "../blueprint";
import { askedOf, type Cells } from "./cells";
import GridEditor from "./GridEditor.vue";

const points = [
  { number: 1, text: "Ohm", knowledge_point_id: "k-1" },
  { number: 2, text: "Fuses", knowledge_point_id: "k-2" },
];
const tasks = [{ number: 1, name: "Circuits", theory_share: 100, knowledge_points: points }] as unknown as WorkTask[];
const stock = [{ work_task: 1, knowledge_point: 2, type: "TRUE_FALSE", difficulty: "HARD", importance: "X", count: 4 }] as const;

function edit() {
  localStorage.setItem("examsvc.language", "en");
  const cells = ref<Cells>({});
  const asked = computed(() => askedOf(cells.value));
  const words = { "zh-CN": { office: { ...zh, ...areasOf("zh-CN") } }, en: { office: { ...en, ...areasOf("en") } } };
  const root = defineComponent(() => () => h(GridEditor, { modelValue: cells.value, "onUpdate:modelValue": (now: Cells) => (cells.value = now), asked: asked.value, tasks, stock: [...stock], supplies: {} }));
  const page = mount(root, { global: { plugins: [createLanguages(words)] }, attachTo: document.body });
  const field = (name: string) => page.get<HTMLInputElement>(`[aria-label="${name}"]`);
  return { page, cells, asked, field };
}

it("keeps what is being typed when the page is drawn anew meanwhile", async () => {
  const { page, field, cells } = edit();
  const amount = field("Circuits · True or false Items");
  amount.element.value = "1.";
  await amount.trigger("input");
  cells.value = { ...cells.value };
  await page.vm.$nextTick();
  expect(amount.element.value).toBe("1.");
});

describe("the grid to fill in", () => {
  it("unfolds a task to its knowledge points, with their importance and what the bank has", async () => {
    const { page, field, asked } = edit();
    expect(page.text()).not.toContain("Fuses");
    await page.get(".fold").trigger("click");
    expect(page.get(".level").text()).toBe("X");
    expect(field("Fuses · True or false Items").element.closest("td")?.textContent).toContain("4 there");
    await field("Fuses · True or false Items").setValue("3");
    expect(asked.value).toEqual([{ task: 1, point: 2, type: "TRUE_FALSE", band: "ANY", level: "ANY", count: 3, points: 200 }]);
    expect(page.get("tfoot .last").text()).toBe("3 items");
  });

  it("shows the same cells in marks, takes marks, and sets points for a whole type", async () => {
    const { page, field, asked } = edit();
    await field("Circuits · True or false Items").setValue("3");
    await page.get('[value="MARKS"]').setValue(true);
    expect(field("Circuits · True or false Marks").element.value).toBe("6");
    await field("Circuits · True or false Marks").setValue("10");
    expect(asked.value[0]?.count).toBe(5);
    await field("True or false points each").setValue("4");
    expect(asked.value[0]).toMatchObject({ count: 5, points: 400 });
    expect(page.get("tfoot .last").text()).toBe("20 points");
  });

  it("parts the columns by difficulty, and folds away the empty ones", async () => {
    const { page, field } = edit();
    const [bands, , onlyAsked] = page.findAll('.parting [type="checkbox"]');
    expect(page.findAll("thead tr")).toHaveLength(1);
    await bands?.setValue(true);
    await field("Circuits · True or false · Hard Items").setValue("2");
    await onlyAsked?.setValue(true);
    expect(page.findAll("tbody tr:first-child td")).toHaveLength(2); // the column and the sum
    expect(page.findAll("thead tr")[1]?.text()).toBe("Hard");
  });
});
