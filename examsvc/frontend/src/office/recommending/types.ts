import type { Schemas } from "@/api/client";

export type Batch = Schemas["RecommendationView"];
export type BatchLine = Schemas["RecommendationLine"];
export type SubmissionWindow = Batch["window"];
export type Row = Schemas["RowView"];
export type Problem = Schemas["ProblemView"];
export type RowInput = Schemas["RowInput"];
export type Occupation = Schemas["OccupationView"];
export type RowDetail = Schemas["RowDetail"];
