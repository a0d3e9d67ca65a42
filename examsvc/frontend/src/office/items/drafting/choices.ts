import { type Body, type DraftOption, emptyBody, isWritten } from "./body";
import type { Content, Key, Option, Wire } from "./shapes";
import { blanksIn, byText } from "./texts";
import { worthOf } from "./worth";

const ids = (options: readonly DraftOption[]): string[] => options.map(({ id }) => id);
const right = (options: readonly DraftOption[]): string[] => ids(options.filter(({ isRight }) => isRight));
const isRightOf = (key: Key, id: string): boolean => key.right?.includes(id) ?? false;

/** An empty row that is marked as right or is worth something is sent, so that it is refused rather than lost. */
const written = (options: readonly DraftOption[]): DraftOption[] =>
  options.filter((option) => isWritten(option) || option.isRight || option.weight.trim() !== "");

export function optionOf({ id, text, media }: Omit<Option, "media"> & { media?: string }): Option {
  return { id, text, ...(media && { media }) };
}

/** Options with one or more right ones, whichever are chosen. */
export function writeChoice({ options: typed }: Body): Wire {
  const options = written(typed);
  const fixed = ids(options.filter(({ isFixed }) => isFixed));
  return [{ options: options.map(optionOf), ...(fixed.length > 0 && { fixed }) }, { right: right(options) }];
}

/** As a choice; marks may be added up option by option, and what earns some is right. */
export function writeMultiple(body: Body): Wire {
  const [content, key] = writeChoice(body);
  if (body.choiceScoring === "EXACT") return [content, key];
  const options = written(body.options);
  const earning = ids(options.filter(({ weight }) => worthOf(weight) > 0));
  const weights = Object.fromEntries(options.map(({ id, weight }) => [id, weight.trim() || "0"]));
  return [content, { right: earning, scoring: { mode: "MAP", weights, least: body.least.trim() || "0" } }];
}

export function readChoice(content: Content, key: Key): Partial<Body> {
  const scoring = typeof key.scoring === "object" ? key.scoring : undefined;
  const options = content.options?.map(({ id, text, media = "" }) => ({
    id,
    text,
    media,
    isRight: isRightOf(key, id),
    isFixed: content.fixed?.includes(id) ?? false,
    weight: scoring?.weights?.[id] ?? "",
  }));
  return { options: options ?? emptyBody().options, choiceScoring: scoring?.mode ?? "EXACT", least: scoring?.least ?? "0" };
}

/** One choice at each gap of the stem. */
export function writeGaps({ stem, gaps }: Body): Wire {
  const marked = Array.from({ length: blanksIn(stem) }, (_, index) => written(gaps[index] ?? []));
  return [{ gaps: marked.map((options) => byText(options).map(optionOf)) }, { gaps: marked.map((options) => right(options)[0] ?? "") }];
}

export function readGaps(content: Content, key: Key): Partial<Body> {
  const gaps = content.gaps?.map((options, index) =>
    options.map(({ id, text, media = "" }) => ({ id, text, media, isRight: key.gaps?.[index] === id, isFixed: false, weight: "" })),
  );
  return { gaps: gaps ?? [] };
}
