/** Parts of the item screens on a page for tests, with the office's own words. */

import { mount, RouterLinkStub } from "@vue/test-utils";
import { type Component, defineComponent, h, type Plugin, reactive } from "vue";

import { createLanguages } from "@/i18n";
import { areasOf } from "@/i18n/areas";
import en from "@/i18n/en/office.json";
import enQuestion from "@/i18n/en/question.json";
import zh from "@/i18n/zh-CN/office.json";
import zhQuestion from "@/i18n/zh-CN/question.json";
import { withDoctype } from "@/question/mounting";

import { type Body, emptyBody } from "./drafting/body";
import { provideBank } from "./editors/itemBank";
import type { ErrorOf } from "./useItemErrors";

const BANK_ID = "b-1";

function page(content: () => ReturnType<typeof h>, plugins: Plugin[] = []) {
  withDoctype();
  localStorage.setItem("examsvc.language", "en");
  const words = {
    "zh-CN": { office: { ...zh, ...areasOf("zh-CN") }, question: zhQuestion },
    en: { office: { ...en, ...areasOf("en") }, question: enQuestion },
  };
  const root = defineComponent(() => (provideBank(BANK_ID), content));
  return mount(root, { global: { plugins: [createLanguages(words), ...plugins], stubs: { RouterLink: RouterLinkStub } }, attachTo: document.body });
}

/** Mount an editor over a body; `body` is what it has made of it. */
export function edit(editor: Component, more: Partial<Body> = {}, errorOf: ErrorOf = () => "") {
  const body = reactive({ ...emptyBody(), ...structuredClone(more) });
  return { body, page: page(() => h(editor, { modelValue: body, errorOf })) };
}

/** Mount what only shows something. */
export function show(component: Component, props: Record<string, unknown>, plugins: Plugin[] = []) {
  return page(() => h(component, props), plugins);
}
