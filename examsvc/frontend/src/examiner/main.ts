import "@/styles/index.css";

import { createApp } from "vue";

import { createLanguages } from "@/i18n";
import en from "@/i18n/en/examiner.json";
import enQuestion from "@/i18n/en/question.json";
import zh from "@/i18n/zh-CN/examiner.json";
import zhQuestion from "@/i18n/zh-CN/question.json";
import { rememberDisplay } from "@/shared/display";

import App from "./App.vue";
import { router } from "./router";

rememberDisplay();
const i18n = createLanguages({
  "zh-CN": { examiner: zh, question: zhQuestion },
  en: { examiner: en, question: enQuestion },
});
createApp(App).use(i18n).use(router).mount("#app");
