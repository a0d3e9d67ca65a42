// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { type Answers, json, ME, refused, serve } from "./testing";

type Session = typeof import("./session");

const ANYBODY = { "GET /api/me": refused("not_logged_in", 401), "POST /api/login": json(ME), "POST /api/logout": new Response(null, { status: 204 }) };
let answers: Answers;
let module: Session;

beforeEach(async () => {
  answers = { ...ANYBODY };
  serve(answers);
  vi.resetModules();
  module = await import("./session");
});

afterEach(() => vi.unstubAllGlobals());

describe("the session", () => {
  it("is unknown, then out when the server knows nobody", async () => {
    expect(module.session.status).toBe("unknown");
    await module.loadMe();
    expect(module.session).toMatchObject({ status: "out", me: null });
  });

  it("is unreachable when the first question finds no server, and recovers", async () => {
    answers["GET /api/me"] = new TypeError("Failed to fetch");
    await module.loadMe();
    expect(module.session.status).toBe("unreachable");
    answers["GET /api/me"] = json(ME);
    await module.loadMe();
    expect(module.session.status).toBe("in");
  });

  it("is in after a log-in and out after a log-out", async () => {
    await module.login("zhang", "secret");
    expect(module.session).toMatchObject({ status: "in", me: { name: ME.name } });
    await module.logout();
    expect(module.session).toMatchObject({ status: "out", me: null });
  });

  it("keeps whoever worked here when their login ends, and goes on when they log in again", async () => {
    await module.login("zhang", "secret");
    await module.loadMe();
    expect(module.session).toMatchObject({ status: "expired", me: { name: ME.name } });
    await module.login("zhang", "secret");
    expect(module.session.status).toBe("in");
  });

  it("does not slip into another account that logged in elsewhere", async () => {
    await module.login("zhang", "secret");
    answers["GET /api/me"] = json({ ...ME, account_id: "b-2", name: "李娜" });
    await module.loadMe();
    expect(module.session).toMatchObject({ status: "expired", me: { name: ME.name } });
  });

  it("starts the page afresh for somebody else", async () => {
    const reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
    await module.login("zhang", "secret");
    module.welcome({ ...ME, account_id: "b-2" });
    expect(reload).toHaveBeenCalledOnce();
  });

  it("survives a broken network", async () => {
    await module.login("zhang", "secret");
    answers["GET /api/me"] = new TypeError("Failed to fetch");
    await module.loadMe();
    expect(module.session.status).toBe("in");
  });
});
