// @vitest-environment happy-dom
import { mount, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createLanguages } from "@/i18n";
import words from "@/i18n/zh-CN/candidate.json";
import type { JournalStatus } from "@/journal/surroundings";

import CoverSheet from "./CoverSheet.vue";

const SAVED: JournalStatus = { unsaved: 0, isReachable: true, halt: null, isDurable: true, superseded: 0, refused: 0, handInAt: null };
let cover: VueWrapper;

/** What the cover says of the network, aloud too. */
const told = (): string => cover.get("[role=status]").text();

beforeEach(() => {
  localStorage.setItem("examsvc.language", "zh-CN");
  cover = mount(CoverSheet, {
    props: { status: SAVED, isConnected: true },
    slots: { default: "考试已暂停", offline: "保存救援文件" },
    global: { plugins: [createLanguages({ "zh-CN": { candidate: words }, en: {} })] },
  });
});

afterEach(() => cover.unmount());

describe("the cover of a paper", () => {
  it("says nothing of the network while there is one", () => {
    expect([told(), cover.text()]).toEqual(["", "考试已暂停"]);
  });

  it.each([
    ["the page is cut off", { isConnected: false }],
    ["saving is", { status: { ...SAVED, isReachable: false } }],
  ])("says that there is no network, and no longer, when %s", async (_what, props) => {
    await cover.setProps(props);
    expect(told()).toContain("网络已断开");
    expect(told()).toContain("保存救援文件");
    expect(cover.text()).toContain("考试已暂停");
    await cover.setProps({ status: SAVED, isConnected: true });
    expect(told()).toBe("");
  });

  it("asks nobody to answer, or to look after answers that are covered", async () => {
    await cover.setProps({ isConnected: false, status: { ...SAVED, refused: 1, superseded: 2 } });
    expect(told()).not.toContain("作答");
  });

  it("says that this machine keeps nothing", async () => {
    await cover.setProps({ isConnected: false, status: { ...SAVED, isDurable: false } });
    expect(told()).toContain("浏览器不能在本机暂存");
  });
});
