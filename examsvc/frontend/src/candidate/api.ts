/** The API as a candidate's page uses it. Every answer that tells the server's time teaches the clock. */

import { api, type Schemas, take } from "@/api/client";
import { type TokenHolder, useToken } from "@/api/csrf";
import type { Me } from "@/api/session";
import type { Entry, EpochCount } from "@/journal/entries";
import type { Claim, Receipt } from "@/journal/wire";
import { serverClock } from "@/time/serverClock";

import type { LateHandIn } from "./rescue/afterwards";
import { proveFirst } from "./safeBrowser/leaving";
import type { ClockChange, OwnCertificate, OwnSitting, SittingView, SystemCheck } from "./types";

export type ShownSpare = Schemas["ShownSpare"];

/** A server that says nothing for so long counts as unreachable: the same answers are tried again then. */
const SLOW_MS = 20_000;

/** Marks what is asked again and again: while the server is behind, it asks to come again instead of looking anything up. */
export const CAN_WAIT = { "X-Can-Wait": "1" };

export const logIn = (ticket_number: string, proof: string): Promise<Me> =>
  timed((signal) => api.POST("/api/candidate/login", { body: { ticket_number, proof }, signal }));

/** Log in at this machine by a proctor's code; returns the sitting that goes on here. */
export const useHandOver = async (code: string): Promise<string> =>
  kept(await timed((signal) => api.POST("/api/candidate/hand-over", { body: { code }, signal })));

/** Show a code at this machine, for a proctor to name who goes on here. */
export const showSpare = (): Promise<ShownSpare> => timed((signal) => api.POST("/api/candidate/spare-machine", { signal }));

/** Log in whom the proctor has named for this machine; returns the sitting that goes on here, null while nobody is. */
export async function takeSpare(secret: string): Promise<string | null> {
  const taken = await timed((signal) => api.POST("/api/candidate/spare-machine/take", { body: { secret }, signal }));
  return taken ? kept(taken) : null;
}

/** Keep the token of the login that was answered, for the page that is loaded afresh; returns the sitting. */
function kept(login: TokenHolder & { sitting_id: string }): string {
  useToken(login);
  return login.sitting_id;
}

export const ownSittings = async (): Promise<OwnSitting[]> =>
  (await timed((signal) => api.GET("/api/candidate/sittings", { signal }))).items;

export const ownCertificates = async (): Promise<OwnCertificate[]> =>
  (await timed((signal) => api.GET("/api/candidate/certificates", { signal }))).items;

/** One sitting and what can be asked of it. */
export function sittingApi(sitting_id: string) {
  const params = { path: { sitting_id } };

  // The forms of answers depend on the question and are told in words only.
  async function claim(body: Schemas["ClaimInput"], headers: Record<string, string> = {}): Promise<Claim> {
    const asked = timed((signal) => api.POST("/api/sittings/{sitting_id}/claim", { params, body, signal, headers }));
    return (await asked.catch(proveFirst)) as Claim;
  }

  return {
    /** `headers` may say that it can wait. */
    view: (headers: Record<string, string> = {}): Promise<SittingView> =>
      timed((signal) => api.GET("/api/sittings/{sitting_id}", { params, signal, headers })),
    confirmIdentity: () =>
      timed((signal) => api.POST("/api/sittings/{sitting_id}/identity-confirmation", { params, body: {}, signal })),
    sign: (name: string) =>
      timed((signal) => api.POST("/api/sittings/{sitting_id}/undertaking", { params, body: { name }, signal })),
    reportCheck: (body: SystemCheck) =>
      timed((signal) => api.PUT("/api/sittings/{sitting_id}/system-check", { params, body, signal })),
    claim: (after_epoch: number, canWait = false) => claim({ after_epoch, unattended: false }, canWait ? CAN_WAIT : {}),
    /** Claim without anybody having asked for it: refused where another page has the sitting. */
    goOn: (after_epoch: number) => claim({ after_epoch, unattended: true }),
    paper: () => timed((signal) => api.GET("/api/sittings/{sitting_id}/paper", { params, signal })),
    paperKey: () => timed((signal) => api.GET("/api/sittings/{sitting_id}/paper-key", { params, signal })),
    respond: (epoch: number, entries: readonly Entry[]): Promise<Receipt> => {
      const body = { epoch, entries: entries.map(lineOf) };
      return timed((signal) => api.PUT("/api/sittings/{sitting_id}/responses", { params, body, signal }));
    },
    handIn: (epoch: number, last_seq: number, made_at: string | null) => {
      const body = { epoch, last_seq, made_at };
      return timed((signal) => api.POST("/api/sittings/{sitting_id}/hand-in", { params, body, signal }));
    },
    startBreak: () => timed((signal) => api.POST("/api/sittings/{sitting_id}/break", { params, body: {}, signal })),
    endBreak: () => timed((signal) => api.DELETE("/api/sittings/{sitting_id}/break", { params, signal })),
    clockChanges: async (): Promise<ClockChange[]> =>
      (await timed((signal) => api.GET("/api/sittings/{sitting_id}/clock-changes", { params, signal }))).items,
    sendLate: async (entries: readonly Entry[], handIn: LateHandIn | null): Promise<number> => {
      const body = { lines: entries.map((entry) => ({ epoch: entry.epoch, ...lineOf(entry) })), hand_in_at: null, ...handIn };
      return (await timed((signal) => api.POST("/api/sittings/{sitting_id}/late-responses", { params, body, signal }))).kept;
    },
    /** A request that is made while the page goes away outlives it with `keepalive`. */
    reportJournal: (epochs: EpochCount[], receipt: string | null, keepalive = false) => {
      const body = { epochs, receipt };
      return timed((signal) => api.PUT("/api/sittings/{sitting_id}/journal-report", { params, body, signal, keepalive }));
    },
    photoUrl: `/api/sittings/${sitting_id}/photo`,
  };
}

/** Ask within the time limit and learn the server's time from the answer; throws a Refusal. */
export async function timed<T>(ask: (signal: AbortSignal) => Promise<{ data?: T }>): Promise<T> {
  const startedAt = performance.now();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new DOMException("No answer in time.", "TimeoutError")), SLOW_MS);
  try {
    return learned(await take(ask(stop.signal)), startedAt);
  } finally {
    clearTimeout(timer);
  }
}

function learned<T>(answer: T, startedAt: number): T {
  const told = (answer as { server_now?: unknown } | undefined)?.server_now;
  if (typeof told === "string") serverClock.learn(told, startedAt, performance.now());
  return answer;
}

function lineOf({ seq, item_ref, answer, flagged, client_at }: Entry) {
  return { seq, item_ref, answer, flagged, client_at };
}
