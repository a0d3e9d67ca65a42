import type { Schemas } from "@/api/client";

export type Tile = Schemas["Tile"];
export type Room = NonNullable<Tile["room"]>;
export type Wall = Schemas["Wall"];
export type OwnPost = Schemas["OwnPost"];
export type Health = Schemas["Health"];
export type WatchedSession = Schemas["WatchedSession"];
export type EventKind = Schemas["TileEvent"]["kind"];
/** What a proctor can order; the office's decisions are shown as commands too. */
export type OrderKind = Schemas["CommandInput"]["kind"];
export type CommandKind = Schemas["TileCommand"]["kind"];
export type CommandView = Schemas["CommandView"];
export type TimelineEntry = Schemas["TimelineEntry"];
export type WallLedger = Schemas["WallLedger"];
export type NewHandOver = Schemas["NewHandOver"];
export type HandOverState = Schemas["HandOverState"];
export type SpareView = Schemas["SpareView"];
export type Outage = Schemas["OutageView"];
export type Incident = Schemas["IncidentView"];

/** What the socket sends of one or more tiles; an empty list is a sign of life. */
export type TilesMessage = Pick<Wall, "server_now" | "tiles" | "health">;

/** An alert as the socket sends it. */
export interface Alert {
  id: string;
  sitting_id: string;
  kind: EventKind;
  at: string;
}
