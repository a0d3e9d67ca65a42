// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Socket } from "socket.io-client";

import { closeSocket, openSocket } from "./sockets";

const NAMESPACE = "/proctor";
const DISCONNECT = 1;
const CONNECT_ERROR = 4;
let socket: Socket;

beforeEach(() => {
  vi.useFakeTimers();
  socket = openSocket(NAMESPACE);
});
afterEach(() => {
  closeSocket(socket);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function hear(packet: object): void {
  (socket as unknown as { onpacket(packet: object): void }).onpacket({ nsp: NAMESPACE, ...packet });
}

/** The server says that it does not let this line in. */
const refuse = (): void => hear({ type: CONNECT_ERROR, data: { message: "unavailable" } });

/** The server ends this line, as when its login was revoked. */
const end = (): void => hear({ type: DISCONNECT });

describe("a line that is lost", () => {
  it("is opened soon after this machine's network is back", () => {
    const opened = vi.spyOn(socket.io, "open");
    dispatchEvent(new Event("online"));
    vi.advanceTimersByTime(2_000);
    expect(opened).toHaveBeenCalled();
  });

  it.each([
    ["refused", refuse],
    ["ended by the server", end],
  ])("is tried again when it was %s", (_, lose) => {
    lose();
    expect(socket.active).toBe(false);
    vi.advanceTimersByTime(2_900);
    expect(socket.active).toBe(false);
    vi.advanceTimersByTime(30_000);
    expect(socket.active).toBe(true);
  });

  it("stays closed once it was closed", () => {
    refuse();
    closeSocket(socket);
    const opened = vi.spyOn(socket.io, "open");
    dispatchEvent(new Event("online"));
    vi.advanceTimersByTime(60_000);
    expect(opened).not.toHaveBeenCalled();
    expect(socket.active).toBe(false);
  });
});
