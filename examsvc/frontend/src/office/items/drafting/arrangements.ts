import { type Body, type DraftLine, isWritten } from "./body";
import { optionOf } from "./choices";
import type { Content, Key, Option, Wire } from "./shapes";
import { byText } from "./texts";

/**
 * Lines to be put in order and lines to be paired. What is sent stands in the order of its texts, so that it gives nothing
 * away; rows in which nothing was written are not sent.
 */

const lineOf = ({ id, text, media = "" }: Option): DraftLine => ({ id, text, media });
const modeOf = (key: Key, usual: "EXACT" | "PAIRS"): "EXACT" | "PAIRS" =>
  key.scoring === "EXACT" || key.scoring === "PAIRS" ? key.scoring : usual;

export function writeOrder({ lines: typed, orderScoring }: Body): Wire {
  const lines = typed.filter(isWritten);
  const order = lines.map(({ id }) => id);
  return [{ options: byText(lines).map(optionOf) }, { order, ...(orderScoring === "PAIRS" && { scoring: orderScoring }) }];
}

export function readOrder({ options = [] }: Content, key: Key): Partial<Body> {
  const order = key.order ?? options.map(({ id }) => id);
  const found = order.flatMap((id) => options.filter((option) => option.id === id));
  return { lines: found.map(lineOf), orderScoring: modeOf(key, "EXACT") };
}

/** Two lines of the left side may belong to the same of the right side: what reads the same is the same, unless empty. */
const isSame = (one: DraftLine, other: DraftLine): boolean =>
  one === other || (one.text.trim() !== "" && one.text.trim() === other.text.trim());

export function writePairs(body: Body): Wire {
  const typed = body.pairs.filter((pair) => isWritten(pair) || isWritten(pair.match));
  const all = [...typed.map(({ match }) => match), ...body.extras.filter(isWritten)];
  const firstOf = (line: DraftLine): DraftLine => all.find((other) => isSame(other, line)) ?? line;
  const matches = all.filter((line) => firstOf(line) === line);
  const pairs = Object.fromEntries(typed.map(({ id, match }) => [id, firstOf(match).id]));
  const scoring = body.pairScoring === "EXACT" && { scoring: body.pairScoring };
  return [{ options: typed.map(optionOf), matches: byText(matches).map(optionOf) }, { pairs, ...scoring }];
}

export function readPairs({ options = [], matches = [] }: Content, key: Key): Partial<Body> {
  const matchOf = (id: string): DraftLine => lineOf(matches.find((match) => match.id === key.pairs?.[id]) ?? { id: "", text: "" });
  const used = Object.values(key.pairs ?? {});
  return {
    pairs: options.map((option) => ({ ...lineOf(option), match: matchOf(option.id) })),
    extras: matches.filter(({ id }) => !used.includes(id)).map(lineOf),
    pairScoring: modeOf(key, "PAIRS"),
  };
}
