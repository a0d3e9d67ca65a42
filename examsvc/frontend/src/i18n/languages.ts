/** The languages, each under its own name; the first is the one to fall back to. */
export const LANGUAGE_NAMES = { "zh-CN": "中文", en: "English" } as const;

export type Language = keyof typeof LANGUAGE_NAMES;

export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as Language[];
export const FALLBACK: Language = "zh-CN";

/** Return the language to begin with: the one chosen before, else the browser's first that we speak, else Chinese. */
export function detectLanguage(chosen: string | null, preferred: readonly string[]): Language {
  const wanted = chosen ? [chosen, ...preferred] : preferred;
  return wanted.map(spoken).find((language) => language !== undefined) ?? FALLBACK;
}

function spoken(tag: string): Language | undefined {
  const [primary] = tag.toLowerCase().split("-");
  return LANGUAGES.find((language) => language.toLowerCase().split("-")[0] === primary);
}
