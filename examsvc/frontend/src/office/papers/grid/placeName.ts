import type { ComposerTranslation } from "vue-i18n";

import type { WorkTask } from "../blueprint";
import type { At } from "./cells";

/** Return what a place of the grid asks for, in words: the task or knowledge point, the type, difficulty and importance. */
export function placeName({ task, point, type, band, level }: At, tasks: readonly WorkTask[], t: ComposerTranslation): string {
  const found = tasks.find(({ number }) => number === task);
  const row = point === null ? found?.name : found?.knowledge_points.find(({ number }) => number === point)?.text;
  const names = [row ?? String(task), t(`office.itemType.${type}`)];
  if (band !== "ANY") names.push(t(`office.difficulty.${band}`));
  if (level !== "ANY") names.push(t(`office.writing.importance.${level}`));
  return names.join(" · ");
}
