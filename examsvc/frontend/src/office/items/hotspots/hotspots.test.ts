// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from "vitest";

import type { Body } from "../drafting/body";
import { edit, show } from "../testing";
import HotspotEditor from "./HotspotEditor.vue";
import HotspotKey from "./HotspotKey.vue";

const picture = { digest: "d1", media_type: "image/png", width: 100, height: 50, alt: "a panel" };
const hotspot: Partial<Body> = { type: "HOTSPOT", picture, areas: [] };

afterEach(() => {
  document.body.innerHTML = "";
  vi.restoreAllMocks();
});

function frame(element: Element): void {
  vi.spyOn(element, "getBoundingClientRect").mockReturnValue({ left: 0, top: 0, width: 200, height: 100 } as DOMRect);
  (element as SVGElement).setPointerCapture = () => undefined;
}

async function point(svg: ReturnType<ReturnType<typeof show>["get"]>, kind: string, clientX: number, clientY: number): Promise<void> {
  await svg.trigger(kind, { clientX, clientY, pointerId: 1 });
}

describe("areas", () => {
  it("are dragged over the picture, in its own pixels, and each asks for a place to mark", async () => {
    const { page, body } = edit(HotspotEditor, hotspot);
    const svg = page.get("svg.canvas");
    frame(svg.element);
    for (const start of [0, 100]) {
      await point(svg, "pointerdown", start, 10);
      await point(svg, "pointermove", start + 40, 30);
      await point(svg, "pointerup", start + 40, 30);
    }
    expect(body.areas).toEqual([
      { shape: "RECT", coords: [0, 5, 20, 15] },
      { shape: "RECT", coords: [50, 5, 70, 15] },
    ]);
    expect(body.marks).toBe(2);
  });

  it("are drawn corner by corner when they are polygons", async () => {
    const { page, body } = edit(HotspotEditor, hotspot);
    await page.get('[value="POLYGON"]').setValue(true);
    const svg = page.get("svg.canvas");
    frame(svg.element);
    for (const [x, y] of [[0, 0], [100, 0], [50, 60]] as const) await point(svg, "pointerdown", x, y);
    await page.findAll("button").find((one) => one.text() === "Finish polygon")?.trigger("click");
    expect(body.areas).toEqual([{ shape: "POLYGON", coords: [0, 0, 50, 0, 25, 30] }]);
  });

  it("are written in numbers without a mouse", async () => {
    const { page, body } = edit(HotspotEditor, hotspot);
    await page.get('[value="CIRCLE"]').setValue(true);
    await page.findAll("button").find((one) => one.text() === "Add by numbers")?.trigger("click");
    const fields = page.findAll(".coord input");
    expect(page.findAll(".coord").map((one) => one.text())).toEqual(["Centre, across", "Centre, down", "Radius"]);
    await fields[0]?.setValue("12");
    await fields[2]?.setValue("900");
    expect(body.areas).toEqual([{ shape: "CIRCLE", coords: [12, 25, 100] }]);
  });
});

it("shows a reviewer the right areas over the picture", () => {
  const { body } = edit(HotspotEditor, { ...hotspot, areas: [{ shape: "RECT", coords: [1, 2, 3, 4] }] });
  const page = show(HotspotKey, { body });
  expect(page.get("image").attributes("href")).toBe("/api/banks/b-1/media/d1");
  expect(page.findAll(".area rect")).toHaveLength(1);
});
