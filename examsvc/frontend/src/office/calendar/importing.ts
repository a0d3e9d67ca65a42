import { Refusal, type Schemas, send } from "@/api/client";

export interface Fault {
  row: number;
  date: string;
  fault: string;
}

export type Report = Schemas["HolidayImportReport"];

/** Send a holiday table; with `dryRun` it is looked at only. */
export async function sendTable(file: File, dryRun: boolean): Promise<Report> {
  const body = new FormData();
  body.append("file", file);
  const address = new URL(`/api/holidays?dry_run=${dryRun}`, location.href);
  return (await (await send(new Request(address, { method: "POST", body }))).json()) as Report;
}

/** The faults that a refused table has, or none when it was refused for something else. */
export function faultsOf(failure: unknown): Fault[] {
  const faults = failure instanceof Refusal && failure.code === "bad_holiday_file" ? failure.extra.faults : [];
  return Array.isArray(faults) ? (faults as Fault[]) : [];
}
