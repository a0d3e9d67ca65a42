import type { ComposerTranslation } from "vue-i18n";

import { letterOf } from "../items/wording";
import { points } from "../parts/points";
import type { Trouble, WorkTask } from "./blueprint";

/** Return a cell or rule that stands in the way, in words. */
export function troubleText(trouble: Trouble, tasks: readonly WorkTask[], t: ComposerTranslation, codes: ReadonlyMap<string, string> = new Map()): string {
  const where = whereText(trouble.where ?? {}, tasks, t);
  const bounds = boundsText(trouble, t);
  switch (trouble.kind) {
    case "CELL":
      return t("office.blueprint.trouble.CELL", { where, count: trouble.count ?? 0, points: points(trouble.points ?? 0) });
    case "NUMBER":
    case "PER_STIMULUS":
      return t(`office.blueprint.trouble.${trouble.kind}`, { where, bounds });
    case "SUM":
      return t(`office.blueprint.trouble.SUM.${trouble.attribute ?? "SECONDS"}`, { where, bounds });
    case "ENEMY":
    case "INCLUDE":
    case "EXCLUDE":
    case "ALL_OR_NONE":
      return t(`office.blueprint.trouble.${trouble.kind}`, { count: trouble.item_ids?.length ?? 0 }) + named(trouble, codes);
  }
}

/** Return the codes of the items that are named, as far as they are known. */
function named({ item_ids: ids = [] }: Trouble, codes: ReadonlyMap<string, string>): string {
  const known = ids.flatMap((id) => codes.get(id) ?? []);
  return known.length > 0 ? ` (${known.join(", ")})` : "";
}

function whereText(where: NonNullable<Trouble["where"]>, tasks: readonly WorkTask[], t: ComposerTranslation): string {
  const names = [
    ...(where.work_tasks ?? []).map((number) => tasks.find((task) => task.number === number)?.name ?? String(number)),
    ...(where.knowledge_points ?? []).map((number) => pointName(number, where.work_tasks, tasks) ?? t("office.blueprint.knowledgePoint", { number })),
    ...(where.types ?? []).map((type) => t(`office.itemType.${type}`)),
    ...(where.difficulties ?? []).map((band) => t(`office.difficulty.${band}`)),
    ...(where.importances ?? []).map((level) => t("office.blueprint.importance", { level })),
    ...(where.key_positions ?? []).map((place) => t("office.grid.rule.keyAt", { letter: letterOf(place - 1) })),
  ];
  return names.join(" · ") || t("office.blueprint.allQuestions");
}

/** Return what a knowledge point says: its number counts within its task. */
function pointName(point: number, named: readonly number[] | undefined, tasks: readonly WorkTask[]): string | undefined {
  if (named?.length !== 1) return undefined;
  return tasks.find(({ number }) => number === named[0])?.knowledge_points.find(({ number }) => number === point)?.text;
}

function boundsText({ lower, upper }: Trouble, t: ComposerTranslation): string {
  if (upper === null || upper === undefined) return t("office.blueprint.atLeast", { lower: lower ?? 0 });
  if (!lower) return t("office.blueprint.atMost", { upper });
  return lower === upper ? t("office.blueprint.exactly", { upper }) : t("office.blueprint.fromTo", { lower, upper });
}
