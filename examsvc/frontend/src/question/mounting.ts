/** Inputs on a page for tests, with Chinese words, media that need no server, and an answer that is kept. */

import { mount } from "@vue/test-utils";
import { defineComponent, h, ref } from "vue";

import { createLanguages } from "@/i18n";
import en from "@/i18n/en/question.json";
import zhCN from "@/i18n/zh-CN/question.json";
import type { Answer } from "@/journal/entries";

import QuestionInput from "./inputs/QuestionInput.vue";
import { type MediaSource, mediaAt } from "./media/source";
import type { Question } from "./types";

/** Our pages have a doctype, happy-dom's has none; without one KaTeX refuses to work. */
export function withDoctype(): void {
  Object.defineProperty(document, "compatMode", { configurable: true, value: "CSS1Compat" });
}

/** Mount a question; `answer` is what was given last. */
export function ask(question: Question, first: Answer = null, media: MediaSource = mediaAt((digest) => `/media/${digest}`)) {
  withDoctype();
  localStorage.setItem("examsvc.language", "zh-CN");
  const answer = ref<Answer>(first);
  const page = defineComponent(() => () => [
    h("h3", { id: "q-title" }, "1"),
    h(QuestionInput, { question, answer: answer.value, name: "q", media, onAnswer: (given) => (answer.value = given) }),
  ]);
  const plugins = [createLanguages({ "zh-CN": { question: zhCN }, en: { question: en } })];
  return { answer, page: mount(page, { global: { plugins }, attachTo: document.body }) };
}
