import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { useToken } from "./csrf";
import { Refusal } from "./refusal";
import { send, whenLoggedOut } from "./send";
import { json, ME, refused, serve } from "./testing";

const URL_OF_IT = "http://localhost/api/things";
const read = (): Promise<Response> => send(new Request(URL_OF_IT));
const write = (): Promise<Response> => send(new Request(URL_OF_IT, { method: "PUT", body: "{}" }));

/** The Refusal that a call throws. */
async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const thrown: unknown = await call.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Refusal);
  return thrown as Refusal;
}

beforeEach(() => useToken(ME));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  whenLoggedOut(() => undefined);
});

describe("a request", () => {
  it("carries the CSRF token, for a read of a paper is asked for it as a write is", async () => {
    const seen = serve({ "GET /api/things": json({}), "PUT /api/things": json({}) });
    await read();
    await write();
    expect(seen.map((request) => request.headers.get("X-CSRF-Token"))).toEqual(["token-1", "token-1"]);
  });

  it("keeps the token that it was made with: a page asks with what the browser kept", async () => {
    const seen = serve({ "GET /api/things": json({}) });
    await send(new Request(URL_OF_IT, { headers: { "X-CSRF-Token": "kept" } }));
    expect(seen[0]!.headers.get("X-CSRF-Token")).toBe("kept");
  });

  it("is repeated once with a new token when another tab logged the same person in again", async () => {
    const answer = (request: Request): Response =>
      request.headers.get("X-CSRF-Token") === "token-2" ? json({ ok: true }) : refused("csrf_token_missing", 403);
    const seen = serve({
      "GET /api/things": answer,
      "PUT /api/things": answer,
      "GET /api/me": json({ ...ME, csrf_token: "token-2" }),
    });
    expect(await (await read()).json()).toEqual({ ok: true });
    useToken(ME);
    expect(await (await write()).json()).toEqual({ ok: true });
    expect(await seen.at(-1)?.text()).toBe("{}");
  });

  it("is not repeated in somebody else's name", async () => {
    const told = vi.fn();
    whenLoggedOut(told);
    const seen = serve({
      "PUT /api/things": refused("csrf_token_missing", 403),
      "GET /api/me": json({ ...ME, account_id: "b-2", csrf_token: "token-2" }),
    });
    expect((await refusalOf(write())).code).toBe("not_logged_in");
    expect(seen.filter(({ method }) => method === "PUT")).toHaveLength(1);
    expect(told).toHaveBeenCalledOnce();
  });
});

describe("a refusal", () => {
  it("holds the server's code, text, status and further fields", async () => {
    serve({ "GET /api/things": refused("too_many_attempts", 429, { retry_after: 30 }) });
    const refusal = await refusalOf(read());
    expect(refusal).toMatchObject({ code: "too_many_attempts", status: 429, extra: { retry_after: 30 }, isTransient: true });
  });

  it("holds the texts of fields of the wrong form", async () => {
    serve({ "PUT /api/things": refused("invalid", 422, { errors: { "json.name": ["too long"] } }) });
    const refusal = await refusalOf(write());
    expect(refusal.errors).toEqual({ "json.name": ["too long"] });
    expect(refusal.isTransient).toBe(false);
  });

  it("of not being logged in is announced", async () => {
    const told = vi.fn();
    whenLoggedOut(told);
    serve({ "GET /api/things": refused("not_logged_in", 401) });
    await refusalOf(read());
    expect(told).toHaveBeenCalledOnce();
  });

  it.each([
    [502, "server_unavailable", true],
    [504, "server_unavailable", true],
    [413, "bad_answer", false],
  ])("is made of a proxy's page with status %i: %s", async (status, code, isTransient) => {
    serve({ "GET /api/things": new Response("<html>", { status }) });
    expect(await refusalOf(read())).toMatchObject({ code, status, isTransient });
  });

  it("is made of a broken network", async () => {
    serve({ "GET /api/things": new TypeError("Failed to fetch") });
    expect(await refusalOf(read())).toMatchObject({ code: "offline", status: 0, isTransient: true });
  });

  it("is made of a server that does not answer in time", async () => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", (_request: Request, { signal }: RequestInit) => new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason as Error));
    }));
    const refusal = refusalOf(read());
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await refusal).code).toBe("timeout");
  });
});
