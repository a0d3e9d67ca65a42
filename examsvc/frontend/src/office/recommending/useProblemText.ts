import { useI18n } from "vue-i18n";

import { placeOf, sectionOf, taskOf } from "./rules/problems";
import type { Problem } from "./types";

/** Return a function that says a problem of a row in the page's language, with its place (`within` an annex without the annex's name); or in the server's English. */
export function useProblemText(): (problem: Problem, within?: boolean) => string {
  const { t, te } = useI18n();

  function where(problem: Problem, within: boolean): string {
    if (placeOf(problem) === "proposal") return t(`office.recommending.section.${sectionOf(problem)}`);
    if (placeOf(problem) === "row") return "";
    const { number, line } = taskOf(problem);
    const task = number && t("office.recommending.content.taskName", { number });
    return [within ? "" : t("office.recommending.row.content"), task, line ? t("office.recommending.problem.line", { line }) : ""].filter(Boolean).join(" ");
  }

  return (problem, within = false) => {
    const key = [`office.recommending.problem.code.${problem.code}`, `refusals.${problem.code}`].find((each) => te(each));
    const what = key ? t(key) : problem.detail;
    const place = where(problem, within);
    return place ? t("office.recommending.problem.at", { place, what }) : what;
  };
}
