import { describe, expect, it } from "vitest";
import { createI18n } from "vue-i18n";

import { areasOf } from "./areas";

type Messages = { [key: string]: string | Messages };

const zh = import.meta.glob<Messages>("./zh-CN/*.json", { eager: true, import: "default" });
const en = import.meta.glob<Messages>("./en/*.json", { eager: true, import: "default" });
const sources = import.meta.glob<string>("../**/*.{ts,vue}", { eager: true, query: "?raw", import: "default" });
const program = Object.entries(sources).filter(([path]) => !/(\.test|\.d|\/testing)\.ts$/.test(path));

const file = (path: string): string => path.replace(/^.*\/|\.json$/g, "");
const tree = (files: Record<string, Messages>, language: string): Messages => {
  const own = Object.fromEntries(Object.entries(files).map(([path, messages]) => [file(path), messages]));
  return { ...own, office: { ...(own.office as Messages), ...(areasOf(language) as Messages) } };
};

function leaves(messages: Messages, under = ""): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string" ? [[under + key, value] as [string, string]] : leaves(value, `${under}${key}.`),
  );
}

const chinese = new Map(leaves(tree(zh, "zh-CN")));
const english = new Map(leaves(tree(en, "en")));
const fields = (text = ""): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").sort();

/** Whether the message of the key is one: vue-i18n gives the key itself back, or throws. */
function isCompiled(t: (key: string) => string, key: string): boolean {
  try {
    return t(key) !== key;
  } catch {
    return false;
  }
}

describe("messages", () => {
  it("have the same keys in both languages", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it("name the same fields in both languages and are not empty", () => {
    const told = [...chinese.keys()].map((key) => [key, fields(chinese.get(key)), Boolean(chinese.get(key)?.trim())]);
    expect(told).toEqual([...chinese.keys()].map((key) => [key, fields(english.get(key)), true]));
  });

  it.each([
    ["zh-CN", tree(zh, "zh-CN")],
    ["en", tree(en, "en")],
  ])("compile in %s (escape @ { } | as vue-i18n asks)", (locale, messages) => {
    const { t } = createI18n({ legacy: false, locale, messages: { [locale]: messages } }).global;
    expect([...chinese.keys()].filter((key) => !isCompiled(t, key))).toEqual([]);
  }, 60_000);

  it("has every key that the program names in full", () => {
    const named = program.flatMap(([path, text]) =>
      [...text.matchAll(/\bte?\(\s*"([\w.-]+)"/g)].map(([, key = ""]) => `${key} in ${path}`),
    );
    expect(named.filter((line) => !chinese.has(line.split(" ")[0] ?? ""))).toEqual([]);
  });

  it("are the only place where Chinese stands", () => {
    const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|\/\/.*$/gm, "");
    const offenders = program.filter(([path, text]) => !path.endsWith("/languages.ts") && /\p{Script=Han}/u.test(withoutComments(text)));
    expect(offenders.map(([path]) => path)).toEqual([]);
  });
});
