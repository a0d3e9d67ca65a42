import type { Schemas } from "@/api/client";

import type { ItemType } from "../items/wording";

export type Row = Schemas["BlueprintRow"];
export type Rules = Schemas["RulesInput"];
export type Rule = Schemas["RuleInput"];
export type Policy = NonNullable<Rules["policy"]>;
export type Trouble = Schemas["TroubleView"];
export type Supply = Schemas["CellSupplyView"];
export type StockLine = Schemas["StockLine"];
export type WorkTask = Schemas["BankWorkTaskWithPoints"];
export type KnowledgePoint = WorkTask["knowledge_points"][number];

/** What most papers are made of: the columns to begin with. */
export const USUAL_TYPES: readonly ItemType[] = ["SINGLE_CHOICE", "MULTIPLE_CHOICE", "TRUE_FALSE", "FILL_IN", "NUMERIC"];
/** What a paper is worth, in hundredths of a point. */
export const FULL_MARKS = 100_00;

/** Return the hundredths that a task's share of the theory part asks for; exact, maybe not whole. */
export function asked(tasks: readonly WorkTask[], task: WorkTask): number {
  const theory = tasks.reduce((sum, each) => sum + each.theory_share, 0);
  return theory === 0 ? 0 : (FULL_MARKS * task.theory_share) / theory;
}

/** Whether points are a task's share, as the service sees it: exactly, or within a point where no hundredths are exact. */
export function isShare(points: number, wanted: number): boolean {
  return Number.isInteger(wanted) ? points === wanted : Math.abs(points - wanted) < 100;
}
