// @vitest-environment happy-dom

import { mount } from "@vue/test-utils";
import { afterEach, expect, it } from "vitest";

import { welcome } from "@/api/session";
import { createLanguages } from "@/i18n";

import ViewerWatermark from "./ViewerWatermark.vue";

afterEach(() => (document.body.innerHTML = ""));

function show(at: string | null) {
  localStorage.setItem("examsvc.language", "en");
  welcome({ account_id: "0a1b2c3d-0000-4000-8000-0000004f5e6d", name: "Ann", roles: ["OFFICE"], csrf_token: "t" });
  const plugins = [createLanguages({ "zh-CN": {}, en: {} })];
  return mount(ViewerWatermark, { props: { at }, slots: { default: "<button>Try</button>" }, global: { plugins } });
}

it("names who looks, their account and the time in Shanghai, silently, over what it shows", () => {
  const page = show("2026-11-23T01:00:00Z");
  expect(page.get("svg").attributes("aria-hidden")).toBe("true");
  expect(page.findAll("text").map((line) => line.text())).toEqual(["Ann 4f5e6d", "November 23, 2026 at 09:00"]);
  expect(page.get("button").text()).toBe("Try");
});

it("marks nothing that was not looked at as a secret", () => {
  expect(show(null).find("svg").exists()).toBe(false);
});
