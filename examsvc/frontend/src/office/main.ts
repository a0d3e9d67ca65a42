import "@/styles/index.css";
import "element-plus/dist/index.css";
import "./element.css";

import { createApp } from "vue";

import { createLanguages } from "@/i18n";
import { areasOf } from "@/i18n/areas";
import en from "@/i18n/en/office.json";
import zh from "@/i18n/zh-CN/office.json";

import App from "./App.vue";
import { router } from "./router";

const i18n = createLanguages({
  "zh-CN": { office: { ...zh, ...areasOf("zh-CN") } },
  en: { office: { ...en, ...areasOf("en") } },
});
createApp(App).use(i18n).use(router).mount("#app");
