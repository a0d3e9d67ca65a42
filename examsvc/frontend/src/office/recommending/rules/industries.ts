import zh from "@/i18n/zh-CN/registry/recommending.json";

/** 产业类别 of annex 1 (说明 3): the forms hold the notice's own Chinese words in every language of the page. */
const WORDS: Readonly<Record<string, string>> = zh.industry.word;
export const SEPARATOR = "、";
export const INDUSTRY_GROUPS = {
  growth: ["circuits", "biomedicine", "artificialIntelligence", "electronics", "health", "cars", "equipment", "materials", "fashion"],
  livelihood: ["elderCare", "housekeeping"],
} as const;

export type IndustryGroup = keyof typeof INDUSTRY_GROUPS;

/** Return the word of the forms for one of our keys. */
export const industryWord = (key: string): string => WORDS[key] ?? key;

const NAMED = new Set(Object.values(INDUSTRY_GROUPS).flat().map(industryWord));

/** Return whether the word is one of the notice's; all others stand under 其他产业. */
export const isNamed = (word: string): boolean => NAMED.has(word);

/** Return the single tags of a text, as the forms join them. */
export function splitIndustries(text: string): string[] {
  return [...new Set(text.split(SEPARATOR).map((word) => word.trim()).filter(Boolean))];
}

/** Return the tags as a cell of annex 1 holds them. */
export const joinIndustries = (words: readonly string[]): string => words.join(SEPARATOR);

/** Return the tags with the word added, or without it. */
export function toggled(words: readonly string[], word: string): string[] {
  return words.includes(word) ? words.filter((each) => each !== word) : [...words, word];
}
