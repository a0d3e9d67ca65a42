// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reactive } from "vue";

import { ask } from "../mounting";
import { questionOf } from "../testing";
import { forgetPlays, playsOf } from "./plays";

enableAutoUnmount(afterEach);

const recording = { digest: "d", kind: "AUDIO" as const, media_type: "audio/mpeg", alt: "听力材料", plays: 2 };
const question = questionOf("SHORT_ANSWER", { media: [recording] });
const room = reactive({ isHeld: false });

/** A browser that plays what it is told to; happy-dom has no sound. */
beforeEach(() => {
  const tell = (element: Element, ...names: string[]): void => names.forEach((name) => element.dispatchEvent(new Event(name)));
  const prototype = HTMLMediaElement.prototype;
  Object.defineProperty(prototype, "readyState", { configurable: true, get: () => 4 });
  vi.spyOn(prototype, "play").mockImplementation(async function (this: Element) {
    tell(this, "play", "playing");
  });
  vi.spyOn(prototype, "pause").mockImplementation(function (this: Element) {
    tell(this, "pause");
  });
  room.isHeld = false;
  localStorage.clear();
});

afterEach(() => {
  vi.restoreAllMocks();
});

function open() {
  const media = {
    urlOf: (digest: string) => `/media/${digest}`,
    load: () => Promise.resolve("blob:d"),
    plays: playsOf("s1"),
    isHeld: () => room.isHeld,
  };
  const { page } = ask(question, null, media);
  const audio = page.get<HTMLAudioElement>("audio").element;
  const press = async (): Promise<void> => {
    await page.get(".play").trigger("click");
    await flushPromises();
  };
  const reach = async (seconds: number, ...names: string[]): Promise<void> => {
    audio.currentTime = seconds;
    for (const name of names) audio.dispatchEvent(new Event(name));
    await flushPromises();
  };
  return { page, audio, press, reach, word: () => page.get(".play").text(), news: () => page.get(".news").text() };
}

describe("a recording with a number of plays", () => {
  it("says how many plays are left, and does not play again when none is", async () => {
    const { press, reach, news, page } = open();
    expect(news()).toBe("还可以从头播放 2 次（共 2 次）");
    for (const left of ["还可以从头播放 1 次（共 2 次）", "播放次数已用完（共 2 次）"]) {
      await press();
      await reach(60, "timeupdate", "ended");
      expect(news()).toBe(left);
    }
    expect(page.get(".play").attributes("disabled")).toBeDefined();
  });

  it("has no controls of the browser's, and pauses what other controls start", async () => {
    const { audio, press, reach } = open();
    expect(audio.controls).toBe(false);
    for (let times = 0; times < 2; times++) {
      await press();
      await reach(60, "timeupdate", "ended");
    }
    vi.mocked(HTMLMediaElement.prototype.pause).mockClear();
    audio.dispatchEvent(new Event("play"));
    expect(HTMLMediaElement.prototype.pause).toHaveBeenCalled();
  });

  it("goes back to where it was when somebody seeks", async () => {
    const { audio, press, reach } = open();
    await press();
    await reach(20, "timeupdate");
    await reach(2, "seeking");
    expect(audio.currentTime).toBe(20);
    await reach(50, "seeking");
    expect(audio.currentTime).toBe(20);
  });

  it("goes on after a pause without using another play", async () => {
    const { press, reach, word, news } = open();
    await press();
    await reach(20, "timeupdate");
    expect(word()).toBe("暂停");
    await press();
    expect(word()).toBe("继续播放");
    await press();
    expect(news()).toBe("还可以从头播放 1 次（共 2 次）");
  });

  it("goes on after a reload where it stopped", async () => {
    const before = open();
    await before.press();
    await before.reach(20, "timeupdate");
    before.page.unmount();
    const after = open();
    expect(after.word()).toBe("继续播放");
    await after.press();
    expect(after.audio.currentTime).toBe(20);
    expect(after.news()).toBe("还可以从头播放 1 次（共 2 次）");
    after.page.unmount();
    forgetPlays("s1");
    expect(open().news()).toBe("还可以从头播放 2 次（共 2 次）");
  });

  it("is silent while the exam is paused, and goes on by itself", async () => {
    const { press, reach, word } = open();
    await press();
    await reach(20, "timeupdate");
    room.isHeld = true;
    await flushPromises();
    expect(word()).toBe("继续播放");
    room.isHeld = false;
    await flushPromises();
    expect(word()).toBe("暂停");
  });

  it("uses no play when the recording does not come", async () => {
    const { press, news } = open();
    vi.mocked(HTMLMediaElement.prototype.play).mockRejectedValueOnce(new Error("no network"));
    await press();
    expect(news()).toContain("次数没有减少");
    await press();
    expect(news()).toBe("还可以从头播放 1 次（共 2 次）");
  });
});
