import { api, type Schemas, take } from "@/api/client";

export type DeskLine = Schemas["DeskLine"];

/** The exam sessions with how many of their results wait for a decision, the fullest first. */
export const loadWaiting = async (): Promise<DeskLine[]> => (await take(api.GET("/api/decisions/desk"))).items;
