import type { Schemas } from "@/api/client";

export type Doors = Schemas["Doors"];
export type DoorRoom = Schemas["DoorRoom"];
export type Roll = Schemas["Roll"];
export type DoorSeat = Schemas["DoorSeat"];
export type Presence = DoorSeat["presence"];
export type DocumentType = DoorSeat["document_type"];
export type Grounds = Schemas["TurningAwayInput"]["grounds"];

export const DOCUMENTS: readonly DocumentType[] = ["ID_CARD", "MILITARY", "HONG_KONG_MACAO", "TAIWAN", "PASSPORT"];
export const GROUNDS: readonly Grounds[] = ["NOT_THE_PERSON", "NO_DOCUMENT", "DOCUMENT_INVALID", "NO_TICKET", "OTHER"];

/** What a reason is asked for: turning somebody away, undoing what was recorded, taking an absence back. */
export type Asked = "refuse" | "undo" | "expect" | null;
