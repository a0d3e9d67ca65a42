// @vitest-environment happy-dom
import type { Socket } from "socket.io-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { useToken } from "@/api/csrf";
import { whenLoggedOut } from "@/api/send";
import { json, ME, serve } from "@/api/testing";

import { ProctorLink } from "./ProctorLink";

const CONNECT_ERROR = 4;
const nothing = (): void => undefined;
const loggedOut = vi.fn();
let link: ProctorLink;
let line: Socket;

beforeEach(() => {
  useToken(ME);
  whenLoggedOut(loggedOut);
  link = new ProctorLink("s-1", nothing, nothing, nothing, nothing);
  line = (link as unknown as { socket: Socket }).socket;
});
afterEach(() => {
  link.close();
  loggedOut.mockReset();
  whenLoggedOut(nothing);
  vi.unstubAllGlobals();
});

/** What the line shows the server at its next try. */
function shown(): object {
  let said = {};
  (line.auth as (say: (data: object) => void) => void)((data) => (said = data));
  return said;
}

function refuse(message: string): void {
  (line as unknown as { onpacket(packet: object): void }).onpacket({ type: CONNECT_ERROR, nsp: "/candidate", data: { message } });
}

describe("the line to the proctors", () => {
  it("shows the CSRF token of the login as it is at each try", () => {
    expect(shown()).toEqual({ sitting_id: "s-1", csrf_token: "token-1" });
    useToken({ ...ME, csrf_token: "token-2" });
    expect(shown()).toEqual({ sitting_id: "s-1", csrf_token: "token-2" });
  });

  it("learns the token of a new login of the same person when its own is refused", async () => {
    serve({ "GET /api/me": json({ ...ME, csrf_token: "token-2" }) });
    refuse("csrf_token_missing");
    await vi.waitFor(() => expect(shown()).toMatchObject({ csrf_token: "token-2" }));
    expect(loggedOut).not.toHaveBeenCalled();
  });

  it("has its page ask for a new log-in when nobody tells it a token", async () => {
    serve({ "GET /api/me": json({ ...ME, csrf_token: "" }) });
    refuse("csrf_token_missing");
    await vi.waitFor(() => expect(loggedOut).toHaveBeenCalledOnce());
  });

  it("asks for no token when it is refused for something else, or the network is gone", async () => {
    const seen = serve({ "GET /api/me": new TypeError("Failed to fetch") });
    refuse("unavailable");
    expect(seen).toEqual([]);
    refuse("csrf_token_missing");
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    expect(loggedOut).not.toHaveBeenCalled();
  });
});
