import type { Refusal } from "@/api/refusal";

/** Return the year whose holiday table a refusal asks for, to somebody who can import it; otherwise null. */
export function importableYear({ code, extra }: Pick<Refusal, "code" | "extra">, roles: readonly string[]): string | null {
  return code === "holidays_unknown" && roles.includes("REGISTRAR") ? String(extra.year) : null;
}
