/** The line to the proctors: a socket, and plain HTTP whenever the socket is down. Saving answers never uses it. */

import type { Socket } from "socket.io-client";

import { api, Refusal, send } from "@/api/client";
import { currentToken } from "@/api/csrf";
import { renewToken } from "@/api/send";
import { closeSocket, openSocket } from "@/api/sockets";
import type { FrameAck, FrameMeta, Road } from "@/camera/uplink";
import { serverClock } from "@/time/serverClock";

import { CAN_WAIT, timed } from "../api";
import type { Keys } from "../sealed/seal";
import type { Command } from "./commands";
import type { NoticedEvent } from "./events";

const ACK_MS = 8_000;

/** The common start: what opens the sealed paper; after and within how long more the sitting is claimed. */
export interface Start extends Keys {
  claim_after_ms: number;
  claim_within_ms: number;
  server_now: string;
}

export class ProctorLink implements Road {
  private readonly socket: Socket;
  /** Commands up to this instant of the server were fetched. */
  private since: string | null = null;

  constructor(
    private readonly sittingId: string,
    private readonly received: (command: Command) => void,
    connected: () => void,
    /** The server ended the line: it may have ended the login as well. */
    turnedOut: () => void,
    started: (start: Start) => void,
  ) {
    this.socket = openSocket("/candidate");
    // Asked at every try: who logged in again meanwhile has another token.
    this.socket.auth = (say: (shown: object) => void) => say({ sitting_id: sittingId, csrf_token: currentToken() });
    this.socket.on("connect_error", ({ message }) => {
      if (message === "csrf_token_missing") void renewToken().catch(() => undefined); // the next try says it again
    });
    this.socket.on("command", (command: Command) => this.receive(command));
    this.socket.on("disconnect", (reason) => {
      if (reason === "io server disconnect") turnedOut();
    });
    this.socket.on("start", started);
    this.socket.on("connect", () => {
      void this.fetchCommands();
      connected();
    });
  }

  get isConnected(): boolean {
    return this.socket.connected;
  }

  close(): void {
    closeSocket(this.socket);
  }

  /** Fetch what was ordered since the last time; a failure is made up for by the next one. */
  async fetchCommands(): Promise<void> {
    const params = { ...this.params, query: { after: this.since } };
    try {
      const answer = await timed((signal) => api.GET("/api/sittings/{sitting_id}/commands", { params, signal, headers: CAN_WAIT }));
      for (const command of answer.items) this.receive(command);
      this.since = answer.server_now;
    } catch {
      // The next poll asks for the same again.
    }
  }

  /** Tell what was noticed; what the server will never take is done with too. Returns how many of them are. */
  async tell(events: NoticedEvent[]): Promise<number> {
    if (this.isConnected) {
      const answer = (await this.socket.timeout(ACK_MS).emitWithAck("event", events[0])) as { code?: string } | null;
      if (answer?.code === "too_many_events") throw new Error(answer.code);
      return 1;
    }
    try {
      const body = { events };
      await timed((signal) => api.POST("/api/sittings/{sitting_id}/events", { params: this.params, body, signal }));
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || thrown.isTransient) throw thrown;
    }
    return events.length;
  }

  async send(meta: FrameMeta, jpeg: Blob): Promise<FrameAck> {
    if (!this.isConnected) return this.post(meta, jpeg);
    const answer = (await this.socket.timeout(ACK_MS).emitWithAck("frame", meta, await jpeg.arrayBuffer())) as unknown;
    return ackOf(answer);
  }

  private get params() {
    return { path: { sitting_id: this.sittingId } };
  }

  private receive(command: Command): void {
    const at = performance.now();
    if (!serverClock.isSet) serverClock.learn(command.server_now, at, at);
    this.received(command);
    void this.confirm(command.id);
  }

  private async confirm(id: string): Promise<void> {
    try {
      if (this.isConnected) this.socket.emit("command_shown", { id });
      else await this.confirmByPost(id);
    } catch {
      // Unconfirmed, it is sent again and confirmed then.
    }
  }

  private async confirmByPost(command_id: string): Promise<void> {
    const params = { path: { ...this.params.path, command_id } };
    await timed((signal) => api.POST("/api/sittings/{sitting_id}/commands/{command_id}/shown", { params, signal }));
  }

  private async post(meta: FrameMeta, jpeg: Blob): Promise<FrameAck> {
    const headers = {
      "Content-Type": "image/jpeg",
      "X-Frame-Seq": String(meta.seq),
      "X-Frame-Taken-At": meta.taken_at,
    };
    const request = new Request(`${location.origin}/api/sittings/${this.sittingId}/frames`, {
      method: "POST",
      headers,
      body: jpeg,
    });
    return ackOf(await (await send(request)).json());
  }
}

function ackOf(answer: unknown): FrameAck {
  const ack = answer as Partial<FrameAck> | null;
  if (typeof ack?.next_ms !== "number") throw new Error("the frame was refused");
  return { next_ms: ack.next_ms, health: ack.health ?? 0 };
}
