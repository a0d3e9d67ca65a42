import { describe, expect, it } from "vitest";

import css from "./tokens.css?raw";

type Tokens = Record<string, string>;

/** Return the colours that a rule of tokens.css sets. */
function coloursOf(selector: string): Tokens {
  const body = css.split(`${selector} {`)[1]?.split("}")[0] ?? "";
  return Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const normal = coloursOf(":root");
const modes: [string, Tokens, number][] = [
  ["normal", normal, 4.5],
  ["high contrast", { ...normal, ...coloursOf('[data-contrast="high"]') }, 7],
];

const TEXT = [
  ["ink", "surface"],
  ["ink", "canvas"],
  ["ink-muted", "surface"],
  ["ink-muted", "canvas"],
  ["ink-muted", "sunken"],
  ["ink-muted", "neutral-soft"],
  ["primary", "surface"],
  ["primary", "canvas"],
  ["primary-strong", "primary-soft"],
  ["on-primary", "primary"],
  ["on-primary-muted", "primary"],
  ["on-primary", "bad"],
  ["neutral", "neutral-soft"],
  ["info", "info-soft"],
  ["good", "good-soft"],
  ["warn", "warn-soft"],
  ["bad", "bad-soft"],
  ["bad", "surface"],
] as const;

const CONTROLS = [
  ["line-strong", "surface"],
  ["focus", "surface"],
  ["focus", "canvas"],
  ["accent", "primary"],
] as const;

describe.each(modes)("colours, %s", (_mode, tokens, textRatio) => {
  it.each(TEXT)("%s on %s is readable", (front, ground) => {
    expect(contrast(tokens[front] ?? "", tokens[ground] ?? "")).toBeGreaterThanOrEqual(textRatio);
  });

  it.each(CONTROLS)("%s is seen on %s", (front, ground) => {
    expect(contrast(tokens[front] ?? "", tokens[ground] ?? "")).toBeGreaterThanOrEqual(3);
  });
});
