import type { Schemas } from "@/api/client";

import { points } from "../parts/points";

export type PracticalTask = Schemas["BankPracticalTaskWhole"];
export type CriterionKind = Schemas["CriterionInput"]["kind"];

export const CRITERION_KINDS: readonly CriterionKind[] = ["MEASUREMENT", "JUDGEMENT", "DEDUCTION", "VETO"];
const AWARDING: readonly CriterionKind[] = ["MEASUREMENT", "JUDGEMENT"];

/** A criterion as it is typed: `marks` has one permitted mark a line, its points first, what it stands for after them. */
export interface DraftCriterion {
  kind: CriterionKind;
  text: string;
  guidance: string;
  marks: string;
}

export interface PracticalDraft {
  code: string;
  workTaskId: string;
  title: string;
  minutes: string;
  brief: string;
  criteria: DraftCriterion[];
}

export function emptyCriterion(): DraftCriterion {
  return { kind: "MEASUREMENT", text: "", guidance: "", marks: "" };
}

export function emptyPractical(): PracticalDraft {
  return { code: "", workTaskId: "", title: "", minutes: "60", brief: "", criteria: [emptyCriterion()] };
}

/** Return the draft that edits a task. */
export function practicalDraftOf(task: PracticalTask): PracticalDraft {
  const { code, title, brief } = task;
  const criteria = task.criteria.map(({ kind, text, guidance, values }) => ({
    kind,
    text,
    guidance,
    marks: kind === "VETO" ? "" : values.map((mark) => `${points(mark.value)} ${mark.text}`.trim()).join("\n"),
  }));
  return { code, title, brief, workTaskId: task.work_task.work_task_id, minutes: String(task.minutes), criteria };
}

/** Return the permitted marks in hundredths, or null where a line has no points of at most two decimals before its text. */
export function marksOf({ kind, marks }: DraftCriterion): Schemas["CriterionStepInput"][] | null {
  if (kind === "VETO") return [{ value: 0, text: "" }];
  const lines = marks.split("\n").filter((line) => line.trim() !== "");
  const parts = lines.map((line) => /^\s*(\d{1,3}(?:\.\d{1,2})?)(?:[\s:：]+(.*))?$/.exec(line));
  if (parts.some((part) => part === null)) return null;
  return parts.map((part) => ({ value: Math.round(Number(part?.[1]) * 100), text: part?.[2]?.trim() ?? "" }));
}

/** Return what the criteria award together, in hundredths; lines that cannot be read count for nothing. */
export function awarded(draft: PracticalDraft): number {
  const most = (criterion: DraftCriterion) => Math.max(0, ...(marksOf(criterion) ?? []).map(({ value }) => value));
  return draft.criteria.filter(({ kind }) => AWARDING.includes(kind)).reduce((sum, one) => sum + most(one), 0);
}

/** Return what is sent. A criterion whose marks cannot be read is sent with none, which the server refuses at its place. */
export function practicalBody(draft: PracticalDraft): Schemas["PracticalTaskInput"] {
  const { code, title, brief } = draft;
  const criteria = draft.criteria.map((one) => ({
    kind: one.kind,
    text: one.text,
    guidance: one.guidance,
    values: marksOf(one) ?? [],
  }));
  return { code, title, brief, work_task_id: draft.workTaskId, minutes: Number(draft.minutes), criteria };
}
