import { useI18n } from "vue-i18n";

import { points } from "../../parts/points";
import { type Cell, countOf, type Unit, worthOf } from "./cells";

/** Sums of cells as the unit shows them: "12 items", "24 points", "24 %"; nothing is a dash. */
export function useFigures(unit: () => Unit): { figure: (cells: readonly Cell[]) => string } {
  const { t } = useI18n();
  const figure = (cells: readonly Cell[]): string => {
    if (cells.length === 0) return "–";
    if (unit() === "COUNT") return t("office.grid.items", { count: Math.round(countOf(cells) * 100) / 100 });
    return t(unit() === "MARKS" ? "office.grid.marks" : "office.grid.percent", { points: points(worthOf(cells)) });
  };
  return { figure };
}
