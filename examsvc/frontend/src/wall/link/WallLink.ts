/** A wall's line to the server: the whole wall by HTTP, what changes by socket, the whole again after every break. */

import type { Socket } from "socket.io-client";

import { api, send, take } from "@/api/client";
import { closeSocket, openSocket } from "@/api/sockets";
import { serverClock } from "@/time/serverClock";

import type { Alert, TilesMessage, Wall } from "../types";
import type { Wanted } from "./FrameFeed";

/** The server speaks at least every ten seconds; a line that is silent for longer than this is broken. */
const SILENCE_MS = 25_000;
const WATCH_MS = 5_000;

export interface Listener {
  whole(wall: Wall): void;
  tiles(message: TilesMessage): void;
  alert(alert: Alert): void;
  connected(isConnected: boolean): void;
  refused(thrown: unknown): void;
}

export class WallLink {
  private readonly socket: Socket;
  private heardAt = performance.now();
  private readonly timer: ReturnType<typeof setInterval>;
  private isFetching = false;

  constructor(
    private readonly examSessionId: string,
    private readonly listener: Listener,
  ) {
    this.socket = openSocket("/proctor");
    this.socket.auth = { exam_session_id: examSessionId };
    this.socket.on("tiles", (message: TilesMessage) => this.hear(() => listener.tiles(message)));
    this.socket.on("alert", (alert: Alert) => this.hear(() => listener.alert(alert)));
    this.socket.on("connect", () => this.hear(() => this.connected()));
    this.socket.on("disconnect", () => listener.connected(false));
    this.timer = setInterval(() => this.watch(), WATCH_MS);
  }

  close(): void {
    clearInterval(this.timer);
    closeSocket(this.socket);
  }

  /** Fetch the whole wall. */
  async fetch(): Promise<void> {
    if (this.isFetching) return;
    this.isFetching = true;
    try {
      const startedAt = performance.now();
      const params = { path: { exam_session_id: this.examSessionId } };
      const wall = await take(api.GET("/api/wall/{exam_session_id}", { params }));
      serverClock.learn(wall.server_now, startedAt, performance.now());
      this.heardAt = performance.now();
      this.listener.whole(wall);
    } catch (thrown) {
      this.listener.refused(thrown);
    } finally {
      this.isFetching = false;
    }
  }

  /** Fetch a pack of frames. */
  async fetchPack(since: number, { visible, opened }: Wanted): Promise<ArrayBuffer> {
    const sittings = [...new Set(opened ? [...visible, opened] : visible)];
    const query = new URLSearchParams({ since: String(since), sittings: sittings.join(",") });
    if (opened) query.set("opened", opened);
    const url = `${location.origin}/api/wall/${this.examSessionId}/pack?${query.toString()}`;
    return await (await send(new Request(url))).arrayBuffer();
  }

  private connected(): void {
    this.listener.connected(true);
    void this.fetch();
  }

  private hear(tell: () => void): void {
    this.heardAt = performance.now();
    tell();
  }

  /** Without a connection, or when it is silent, the wall is fetched whole. */
  private watch(): void {
    if (!this.socket.active) this.socket.connect(); // refused: sooner than by itself, for there are few walls
    if (!this.socket.connected || performance.now() - this.heardAt > SILENCE_MS) void this.fetch();
  }
}
