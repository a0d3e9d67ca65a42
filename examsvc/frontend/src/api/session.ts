import { reactive, readonly } from "vue";

import { api, type Schemas, take } from "./client";
import { proofOfToken, useToken } from "./csrf";
import { Refusal } from "./refusal";
import { whenLoggedOut } from "./send";

export type Me = Schemas["Me"];

/**
 * `unknown` until the server was asked, `unreachable` when it did not answer that, `expired` when a login that this
 * page worked with has ended: the page stays as it is and asks for a new login over it.
 */
export type SessionStatus = "unknown" | "unreachable" | "out" | "in" | "expired";

const state = reactive<{ me: Me | null; status: SessionStatus }>({ me: null, status: "unknown" });
const otherTabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("examsvc-session");

export const session = readonly(state);

/** Ask the server who is logged in. */
export async function loadMe(): Promise<void> {
  try {
    const me = await take(api.GET("/api/me", { headers: proofOfToken() }));
    // Without the token it is a login whose cookie alone came here: neither a paper is read nor anything written with it.
    if (me.csrf_token) settle(me);
    else lose();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    if (thrown.code === "not_logged_in" || thrown.code === "login_moved") lose();
    else if (!state.me) state.status = "unreachable";
  }
}

export async function login(username: string, password: string): Promise<void> {
  welcome(await take(api.POST("/api/login", { body: { username, password } })));
}

/** Take over a login that any log-in endpoint answered; somebody else's starts the page afresh. */
export function welcome(me: Me): void {
  const isSomebodyElse = state.me !== null && state.me.account_id !== me.account_id;
  useToken(me); // before other tabs, or this page afresh, ask who is logged in
  otherTabs?.postMessage("changed");
  if (isSomebodyElse) location.reload();
  else settle(me);
}

export async function logout(): Promise<void> {
  try {
    await take(api.POST("/api/logout"));
  } catch (thrown) {
    if (!(thrown instanceof Refusal && thrown.code === "not_logged_in")) throw thrown;
  }
  otherTabs?.postMessage("changed");
  useToken(null);
  Object.assign(state, { me: null, status: "out" });
}

function settle(me: Me): void {
  if (state.me && state.me.account_id !== me.account_id) return lose();
  useToken(me);
  Object.assign(state, { me, status: "in" });
}

function lose(): void {
  state.status = state.me ? "expired" : "out";
}

whenLoggedOut(lose);
otherTabs?.addEventListener("message", () => void loadMe());
