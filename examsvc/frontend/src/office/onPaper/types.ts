import type { Schemas } from "@/api/client";

export type Listed = Schemas["OnPaperCandidate"];
export type Sheet = Schemas["PaperSheetView"];
export type Question = Schemas["PaperSheetQuestion"];
export type Part = Schemas["PaperSheetPart"];
export type Differences = Schemas["PaperDifferences"];
export type Difference = Schemas["PaperDifference"];
export type Answer = Record<string, unknown> | null;
