import type { Schemas } from "@/api/client";

/** header → field; "" for a column that is left out. */
export type Columns = Record<string, string>;
type Table = Schemas["TableColumns"];

const OPTIONS = [..."abcdefghij"].map((letter) => `option_${letter}`);

/** What a column may be taken for, in the order in which it is offered. */
export const FIELDS: readonly string[] = [
  ...["type", "stem", "options", ...OPTIONS, "answer", "explanation", "difficulty", "work_task", "knowledge_point", "chapter", "tags", "points"],
  ...["code", "external_id", "number", "group", "part_type", "part_stem", "matches", "gaps", "scoring", "fixed", "tolerance", "unit"],
  ...["outline", "length", "option_text", "option_right", "option_count", "reason"],
];

/** Return what the columns of all sheets are taken for. */
export function guessed(tables: readonly Table[]): Columns {
  return Object.assign({}, ...tables.map(({ mapping }) => mapping)) as Columns;
}

/** Return the columns as a saved mapping names them; those it does not name stay as they are. */
export function applied(columns: Columns, saved: Columns): Columns {
  return Object.fromEntries(Object.entries(columns).map(([heading, field]) => [heading, saved[heading] ?? field]));
}

/** Return whether somebody says otherwise than what the columns are taken for anyway. */
export function isChanged(columns: Columns, tables: readonly Table[]): boolean {
  const before = guessed(tables);
  return Object.entries(columns).some(([heading, field]) => before[heading] !== field);
}
