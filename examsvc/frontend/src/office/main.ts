import "@/styles/index.css";
import "element-plus/dist/index.css";
import "./element.css";

import { createApp } from "vue";

import { createLanguages } from "@/i18n";
import { areasOf } from "@/i18n/areas";
import enMisconduct from "@/i18n/en/misconduct.json";
import en from "@/i18n/en/office.json";
import enQuestion from "@/i18n/en/question.json";
import zhMisconduct from "@/i18n/zh-CN/misconduct.json";
import zh from "@/i18n/zh-CN/office.json";
import zhQuestion from "@/i18n/zh-CN/question.json";
import { rememberDisplay } from "@/shared/display";

import App from "./App.vue";
import { router } from "./router";

rememberDisplay();
const i18n = createLanguages({
  "zh-CN": { office: { ...zh, ...areasOf("zh-CN") }, question: zhQuestion, misconduct: zhMisconduct },
  en: { office: { ...en, ...areasOf("en") }, question: enQuestion, misconduct: enMisconduct },
});
createApp(App).use(i18n).use(router).mount("#app");
