import type { Schemas } from "@/api/client";

import { shanghaiDay } from "./days";

type CaseEvent = Schemas["CaseEvent"];

/** What an entry's detail tells a person, with where its words stand; what is not named here is for machines. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  scheme: [],
  title: [],
  kind: ["office.cases.documentKind.", "office.reviews.kind.", "office.reviews.meeting.", "office.applications.staffKind."],
  topic: ["office.applications.field.evidence_"],
  place: [],
  round: [],
  rows: [],
  days: [],
  conclusion: ["office.reviews.conclusion."],
  decision: ["office.cases.eligibility."],
  number: [],
  reference: [],
  reason: [],
};

export interface Told {
  name: string;
  value: string;
  /** Keys under which the value may have a word; the first that exists is it. */
  keys: string[];
}

export function told(detail: Record<string, unknown>): Told[] {
  return Object.entries(TOLD).flatMap(([name, places]) => {
    const value = detail[name];
    // A filing's or a receipt's number is a text; what is counted by machines is not.
    const isTold = typeof value === "string" ? value !== "" : typeof value === "number" && name !== "number";
    return isTold ? [{ name, value: String(value), keys: places.map((place) => place + String(value)) }] : [];
  });
}

const KEPT = "document.kept";

/** The latest first. A file that another entry names is told there only; what somebody did on end on one day is counted. */
export function folded(events: readonly CaseEvent[]): { event: CaseEvent; count: number }[] {
  const named = new Set(events.filter(({ action }) => action !== KEPT).map(({ document_id }) => document_id));
  const shown = events.filter(({ action, document_id }) => action !== KEPT || !named.has(document_id));
  const lines: { event: CaseEvent; count: number }[] = [];
  for (const event of [...shown].reverse()) {
    const last = lines.at(-1);
    if (last && isSame(last.event, event)) last.count += 1;
    else lines.push({ event, count: 1 });
  }
  return lines;
}

function isSame(one: CaseEvent, other: CaseEvent): boolean {
  if (one.document_id ?? other.document_id) return false;
  const facts = ({ action, actor_name, at, detail }: CaseEvent): string => JSON.stringify([action, actor_name, shanghaiDay(at), told(detail)]);
  return facts(one) === facts(other);
}
