import { joinIndustries, splitIndustries } from "./rules/industries";
import { tidyCode } from "./rules/creditCode";
import type { Row, RowInput } from "./types";

/** A row as it is typed. */
export interface RowDraft {
  occupation_code: string;
  occupation_name: string;
  scheme_name: string;
  industries: readonly string[];
  organisation_name: string;
  credit_code: string;
  expected_candidates: string;
  reason: string;
}

export const emptyRow = (): RowDraft => ({
  occupation_code: "",
  occupation_name: "",
  scheme_name: "",
  industries: [],
  organisation_name: "",
  credit_code: "",
  expected_candidates: "",
  reason: "",
});

/** Return a row of the server's as one types at it. */
export function rowDraftOf(row: Row): RowDraft {
  return {
    occupation_code: row.occupation_code,
    occupation_name: row.occupation_name,
    scheme_name: row.scheme_name,
    industries: splitIndustries(row.industries),
    organisation_name: row.organisation_name,
    credit_code: row.credit_code,
    expected_candidates: row.expected_candidates ? String(row.expected_candidates) : "",
    reason: row.reason,
  };
}

/** Return what is sent of a row; its occupation's name is the server's business. */
export function rowInputOf(draft: RowDraft): RowInput {
  return {
    occupation_code: draft.occupation_code,
    scheme_name: draft.scheme_name.trim(),
    industries: splitIndustries(joinIndustries(draft.industries)),
    organisation_name: draft.organisation_name.trim(),
    credit_code: tidyCode(draft.credit_code),
    expected_candidates: Number(draft.expected_candidates),
    reason: draft.reason.trim(),
  };
}

/** Return the fields without which a row cannot be kept; others may be written later. */
export function missingIn(draft: RowDraft): string[] {
  const fields = ["scheme_name", "expected_candidates"] as const;
  return fields.filter((field) => draft[field].trim() === "");
}
