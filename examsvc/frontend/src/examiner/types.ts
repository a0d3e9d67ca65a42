/** The shapes of scoring as the API gives them; all scores are whole hundredths of a point. */

import type { Schemas } from "@/api/client";

export type ExamSessionLine = Schemas["ExaminedSessionLine"];
export type SheetLine = Schemas["SheetLine"];
export type SheetList = Schemas["SheetList"];
export type Sheet = Schemas["SheetView"];
export type Criterion = Schemas["CriterionView"];
export type OwnMark = Schemas["MarkView"];
export type Signature = Schemas["Signature"];
export type MarkReceipt = Schemas["MarkReceiptView"];
