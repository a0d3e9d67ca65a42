// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { beforeEach, describe, expect, it } from "vitest";

import { createLanguages } from "@/i18n";
import candidate from "@/i18n/zh-CN/candidate.json";

import type { SittingView } from "../types";
import SessionRules from "./SessionRules.vue";

const VIEW = {
  starts_at: "2026-11-23T01:00:00Z",
  entry_closes_at: "2026-11-23T01:30:00Z",
  absent_at: "2026-11-23T01:40:00Z",
  minutes: 60,
  extra_seconds: 0,
  earliest_hand_in_minutes: 30,
  break_seconds_left: 0,
  exam_session: { clock_rule: "COMMON", last_minutes_consent: 10, navigation: "FREE", camera_rule: "OFF" },
} as SittingView;

/** The rules of the sitting, as its candidate reads them. */
function told(changes: Partial<SittingView>): string {
  const plugins = [createLanguages({ "zh-CN": { candidate }, en: {} })];
  return mount(SessionRules, { props: { view: { ...VIEW, ...changes } }, global: { plugins } }).text();
}

beforeEach(() => localStorage.setItem("examsvc.language", "zh-CN"));

describe("the rules of an exam session", () => {
  it("tell when who came neither to the door nor to the machine is absent, by the server's instant", () => {
    expect(told({})).toContain("截至 09:40 未签到入场，也未在考试机上登录并确认身份的，记为缺考。");
    const exam_session = { ...VIEW.exam_session, clock_rule: "PERSONAL" as const };
    expect(told({ exam_session })).not.toContain("缺考");
  });

  it.each([
    [30, ["开考 30 分钟后可以交卷", "最后 10 分钟内交卷须举手"], ["不得提前交卷"]],
    [0, ["最后 10 分钟内交卷须举手"], ["不得提前交卷", "分钟后可以交卷"]],
    [null, ["不得提前交卷"], ["分钟后可以交卷", "最后 10 分钟"]],
  ])("tell of %j as the earliest minutes what holds for handing in", (earliest_hand_in_minutes, said, unsaid) => {
    const text = told({ earliest_hand_in_minutes });
    expect(said.filter((part) => !text.includes(part))).toEqual([]);
    expect(unsaid.filter((part) => text.includes(part))).toEqual([]);
  });
});
