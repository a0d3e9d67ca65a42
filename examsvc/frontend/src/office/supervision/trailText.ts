/** The audit log's detail, for reading: long digests are shortened, lists and objects written out. */
const DIGEST = /^[0-9a-f]{64}$/;
const DIGEST_SHOWN = 12;

export const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text);

export function valueText(value: unknown): string {
  if (typeof value === "string") return DIGEST.test(value) ? `${value.slice(0, DIGEST_SHOWN)}…` : value;
  return Array.isArray(value) ? value.map(valueText).join(", ") || "—" : JSON.stringify(value);
}

/** An instant to the second, in Shanghai. */
export function exactTime(instant: string, language: string): string {
  const style = { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23", timeZone: "Asia/Shanghai" } as const;
  return new Intl.DateTimeFormat(language, style).format(new Date(instant));
}
