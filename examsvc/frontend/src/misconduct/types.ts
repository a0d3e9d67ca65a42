import type { Schemas } from "@/api/client";

export type MisconductRecord = Schemas["MisconductView"];
export type MisconductLine = Schemas["MisconductLine"];
export type MisconductClass = Schemas["MisconductClassView"];
export type MisconductState = MisconductLine["state"];
export type Evidence = Schemas["EvidenceView"];
export type EvidenceRef = Schemas["EvidenceInput"];
export type Facts = Schemas["FactsInput"];
export type Ruling = Schemas["RulingView"];
export type Subject = NonNullable<MisconductLine["subject"]>;
export type Consequence = Ruling["consequence"];

export const SUBJECTS: readonly Subject[] = ["THEORY", "PRACTICAL"];
