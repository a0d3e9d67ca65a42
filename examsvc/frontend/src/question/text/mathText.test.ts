// @vitest-environment happy-dom
import { flushPromises, mount } from "@vue/test-utils";
import { beforeAll, describe, expect, it, vi } from "vitest";

import { withDoctype } from "../mounting";
import { loadFormulas } from "./formulas";
import MathText from "./MathText.vue";

async function shown(text: string) {
  const page = mount(MathText, { props: { text } });
  await loadFormulas();
  await vi.waitFor(flushPromises);
  return page;
}

beforeAll(withDoctype);

describe("text with formulas", () => {
  it("keeps words and line breaks as they are, and no HTML of the content works", async () => {
    const page = await shown("第一行\n<b>1 < 2</b> <img src=x onerror=alert(1)>");
    expect(page.text()).toBe("第一行\n<b>1 < 2</b> <img src=x onerror=alert(1)>");
    expect(page.find("b, img").exists()).toBe(false);
  });

  it("sets formulas as MathML", async () => {
    const page = await shown("设 \\(\\frac{1}{R}\\)，则 \\[U = I \\cdot R\\]");
    expect(page.findAll("math")).toHaveLength(2);
    expect(page.find("mfrac").exists()).toBe(true);
    expect(page.find(".display math").attributes("display")).toBe("block");
  });

  it.each(["\\frac{1", "\\unknowncommand", "\\def\\a{\\a\\a}\\a", "}"])("shows the source of the bad formula %s", async (source) => {
    const page = await shown(`\\(${source}\\)`);
    expect(page.find("math").exists()).toBe(false);
    expect(page.text()).toBe(source);
  });

  it.each(["\\href{javascript:alert(1)}{x}", "\\includegraphics{https://example.org/a.png}", "\\htmlStyle{color:red}{x}"])(
    "draws neither links nor pictures nor styles: %s",
    async (source) => {
      const page = await shown(`\\(${source}\\)`);
      expect(page.find("a, img, [style], [href]").exists()).toBe(false);
    },
  );

  it("follows a text that changes", async () => {
    const page = await shown("\\(x\\)");
    await page.setProps({ text: "\\(\\sqrt{y}\\)" });
    await flushPromises();
    expect(page.findAll("math")).toHaveLength(1);
    expect(page.find("msqrt").exists()).toBe(true);
  });
});
