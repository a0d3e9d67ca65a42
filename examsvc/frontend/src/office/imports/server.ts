import { api, type Schemas, sendPatiently, take } from "@/api/client";

import type { Columns } from "./columns";

/** What is sent beside a file; nothing of it is needed. */
export interface Beside {
  format?: string;
  knowledge_point_id?: string;
  columns?: Columns;
}

function formOf(file: File, beside: Beside) {
  const form = new FormData();
  form.append("file", file);
  if (beside.format) form.append("format", beside.format);
  if (beside.knowledge_point_id) form.append("knowledge_point_id", beside.knowledge_point_id);
  if (beside.columns) form.append("columns", JSON.stringify(beside.columns));
  return { body: { file: "" }, bodySerializer: () => form, fetch: sendPatiently };
}

/** Return the format of a file and, of a table, its columns. */
export function lookInto(bankId: string, file: File, format: string): Promise<Schemas["FileColumns"]> {
  const params = { path: { bank_id: bankId } };
  return take(api.POST("/api/banks/{bank_id}/imports/columns", { params, ...formOf(file, { format }) }));
}

/** Have a file looked through; nothing is taken over yet. */
export function lookThrough(bankId: string, file: File, beside: Beside): Promise<Schemas["ItemImportView"]> {
  const params = { path: { bank_id: bankId } };
  return take(api.POST("/api/banks/{bank_id}/imports", { params, ...formOf(file, beside) }));
}

/** Take over what was looked through: at once, or by the job that is returned when it is much. */
export async function takeOver(importId: string, leaveErrors: boolean): Promise<Schemas["JobView"] | null> {
  const params = { path: { import_id: importId } };
  const answer = await take(api.POST("/api/imports/{import_id}/taking", { params, body: { leave_errors: leaveErrors } }));
  return "job_id" in answer ? answer : null;
}

/** Return a bank as a file of the format. */
export function bankFile(bankId: string, format: WrittenFormat): Promise<Blob> {
  const params = { path: { bank_id: bankId } };
  const call = api.POST("/api/banks/{bank_id}/files", { params, body: { format }, parseAs: "blob", fetch: sendPatiently });
  return take(call as Promise<{ data?: Blob }>);
}

/** Return what the format cannot carry of the bank. */
export function losses(bankId: string, format: WrittenFormat): Promise<Schemas["BankFileLosses"]> {
  const params = { path: { bank_id: bankId } };
  return take(api.POST("/api/banks/{bank_id}/files/check", { params, body: { format }, fetch: sendPatiently }));
}

export type WrittenFormat = Schemas["BankFileInput"]["format"];
