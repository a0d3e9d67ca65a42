import { api, type Schemas, take } from "@/api/client";
import { formOf } from "@/api/upload";

export type Report = Schemas["Annex1ImportReport"];

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Have every row of a filled annex 1 judged, and unless it is a dry run added: all or none. */
export function sendWorkbook(batchId: string, file: File, dryRun: boolean): Promise<Report> {
  const params = { path: { recommendation_id: batchId }, query: { dry_run: dryRun } };
  return take(api.POST("/api/recommendations/{recommendation_id}/import", { params, ...formOf({ file }) }));
}

/** Hand the rows with their reasons (base64) to the browser as a workbook. */
export function downloadBook(encoded: string, name: string): void {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: XLSX }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
