import type { ComposerTranslation } from "vue-i18n";

import { points } from "../parts/points";
import type { Trouble, WorkTask } from "./blueprint";

/** Return a cell or rule that stands in the way, in words. */
export function troubleText(trouble: Trouble, tasks: readonly WorkTask[], t: ComposerTranslation): string {
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
      return t(`office.blueprint.trouble.${trouble.kind}`, { count: trouble.item_ids?.length ?? 0 });
  }
}

function whereText(where: NonNullable<Trouble["where"]>, tasks: readonly WorkTask[], t: ComposerTranslation): string {
  const names = [
    ...(where.work_tasks ?? []).map((number) => tasks.find((task) => task.number === number)?.name ?? String(number)),
    ...(where.knowledge_points ?? []).map((number) => t("office.blueprint.knowledgePoint", { number })),
    ...(where.types ?? []).map((type) => t(`office.itemType.${type}`)),
    ...(where.difficulties ?? []).map((band) => t(`office.difficulty.${band}`)),
    ...(where.importances ?? []).map((level) => t("office.blueprint.importance", { level })),
  ];
  return names.join(" · ") || t("office.blueprint.allQuestions");
}

function boundsText({ lower, upper }: Trouble, t: ComposerTranslation): string {
  if (upper === null || upper === undefined) return t("office.blueprint.atLeast", { lower: lower ?? 0 });
  if (!lower) return t("office.blueprint.atMost", { upper });
  return lower === upper ? t("office.blueprint.exactly", { upper }) : t("office.blueprint.fromTo", { lower, upper });
}
