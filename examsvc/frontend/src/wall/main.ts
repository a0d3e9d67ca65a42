import "@/styles/index.css";

import { createApp } from "vue";

import { createLanguages } from "@/i18n";
import enDoor from "@/i18n/en/door.json";
import enMisconduct from "@/i18n/en/misconduct.json";
import en from "@/i18n/en/wall.json";
import zhDoor from "@/i18n/zh-CN/door.json";
import zhMisconduct from "@/i18n/zh-CN/misconduct.json";
import zh from "@/i18n/zh-CN/wall.json";
import { rememberDisplay } from "@/shared/display";

import App from "./App.vue";
import { router } from "./router";

rememberDisplay();
const i18n = createLanguages({
  "zh-CN": { wall: zh, door: zhDoor, misconduct: zhMisconduct },
  en: { wall: en, door: enDoor, misconduct: enMisconduct },
});
createApp(App).use(i18n).use(router).mount("#app");
