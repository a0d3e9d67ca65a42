// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { type EffectScope, effectScope, nextTick, ref, shallowRef } from "vue";

import { display, keepDisplay, resetDisplay } from "@/shared/display";

import type { SittingView } from "../types";
import { useDisplay } from "./useDisplay";

type Size = SittingView["display"]["text_size"];

function view(text_size: Size, high_contrast = false): SittingView {
  return { display: { text_size, high_contrast } } as SittingView;
}

/** A page of the sitting: what it knows, and what ends it. */
function page(id: string, seen: SittingView | null) {
  const sitting = { id, view: shallowRef(seen), isOver: ref(false), isMoved: ref(false) };
  const scope: EffectScope = effectScope();
  scope.run(() => useDisplay(sitting as unknown as Parameters<typeof useDisplay>[0]));
  return { ...sitting, leave: () => scope.stop() };
}

function choose(text: typeof display.text): void {
  display.text = text;
  keepDisplay("text");
}

describe("a candidate's display", () => {
  beforeEach(() => {
    localStorage.clear();
    resetDisplay();
  });

  it("is as granted, however somebody before had it", () => {
    localStorage.setItem("examsvc.text", "largest");
    const first = page("one", view(null));
    choose("larger");
    first.leave();
    expect(display.text).toBe("normal");
    const second = page("two", view("LARGE", true));
    expect({ ...display }).toEqual({ text: "large", contrast: "high", keys: "on" });
    second.leave();
  });

  it("is what the candidate chose, also after a reload, and no longer than the sitting", async () => {
    const first = page("one", view("LARGE", true));
    choose("normal");
    first.leave();
    const again = page("one", null);
    again.view.value = view("LARGE", true);
    await nextTick();
    expect({ ...display }).toEqual({ text: "normal", contrast: "high", keys: "on" });
    again.isOver.value = true;
    await nextTick();
    expect(localStorage.length).toBe(0);
    again.leave();
  });

  it("has the keys switched off also after a reload, and on again for the next candidate", () => {
    const first = page("one", view(null));
    display.keys = "off";
    keepDisplay("keys");
    first.leave();
    const again = page("one", view(null));
    expect(display.keys).toBe("off");
    again.leave();
    const next = page("two", view(null));
    expect(display.keys).toBe("on");
    next.leave();
  });

  it("follows what is decided while the page is open, also after a choice", async () => {
    const open = page("one", view(null));
    choose("large");
    open.view.value = view("LARGEST");
    await nextTick();
    expect(display.text).toBe("largest");
    choose("larger");
    open.view.value = view("LARGEST", true);
    await nextTick();
    expect({ ...display }).toEqual({ text: "larger", contrast: "high", keys: "on" });
    open.leave();
  });
});
