/** A screen of the import and export pages for tests: with the office's words, a router and somebody logged in. */

import { flushPromises, mount } from "@vue/test-utils";
import { type Component, h } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";

import { welcome } from "@/api/session";
import { createLanguages } from "@/i18n";
import { areasOf } from "@/i18n/areas";
import zh from "@/i18n/zh-CN/office.json";
import zhQuestion from "@/i18n/zh-CN/question.json";
import en from "@/i18n/en/office.json";
import enQuestion from "@/i18n/en/question.json";

import { BANK_PAGES } from "../items/pages";

const POINTS = [{ knowledge_point_id: "k-1", number: 1, text: "principles" }];
export const BANK = {
  bank_id: "b-1",
  name: "Bank",
  scheme: "Scheme",
  specification_version: 1,
  is_secret: false,
  organisation: "O",
  work_tasks: [{ work_task_id: "w-1", number: 1, name: "Task", knowledge_points: POINTS }],
};

/** Mount a page of the bank for somebody with these roles and wait for what it loads. */
export async function open(page: Component, props: Record<string, unknown>, roles: string[]) {
  localStorage.setItem("examsvc.language", "en");
  welcome({ account_id: "a-1", name: "Ann", roles, csrf_token: "t" });
  const words = {
    "zh-CN": { office: { ...zh, ...areasOf("zh-CN") }, question: zhQuestion },
    en: { office: { ...en, ...areasOf("en") }, question: enQuestion },
  };
  const routes = BANK_PAGES.map(({ path, name }) => ({ path, name, component: { render: () => null } }));
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/", component: { render: () => null } }, ...routes] });
  const root = mount({ render: () => h(page, { bankId: "b-1", ...props }) }, { global: { plugins: [createLanguages(words), router] }, attachTo: document.body });
  await flushPromises();
  return { root, router };
}
