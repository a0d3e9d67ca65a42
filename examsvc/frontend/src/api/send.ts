import { currentToken, refreshToken, TOKEN_HEADER } from "./csrf";
import { Refusal, refusalFrom, refusalOf } from "./refusal";

const TIMEOUT_MS = 30_000;
const PATIENT_TIMEOUT_MS = 10 * 60_000;
const LOGGED_OUT = new Refusal("not_logged_in", "Log in first.", 401);

let announceLoggedOut = (): void => undefined;

/** Have `listener` told whenever the server no longer knows this login. */
export function whenLoggedOut(listener: () => void): void {
  announceLoggedOut = listener;
}

/**
 * Send a request of ours: it gets the CSRF token, anything but a 2xx answer is thrown as a Refusal.
 * Every call goes through here, those of `api` and raw ones (frame packs, uploads) alike.
 */
export async function send(request: Request, timeout = TIMEOUT_MS): Promise<Response> {
  const again = request.clone();
  try {
    return await attempt(request, timeout);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal instanceof Refusal && refusal.code === "csrf_token_missing") return await repeat(again, timeout);
    if (refusal instanceof Refusal && refusal.code === "not_logged_in") announceLoggedOut();
    throw refusal;
  }
}

/**
 * Ask for the token again where the one of this page was refused; who cannot be told it is asked to log in again.
 * Returns whether there is one now; throws when nobody answers.
 */
export async function renewToken(): Promise<boolean> {
  const isRenewed = await refreshToken();
  if (!isRenewed) announceLoggedOut();
  return isRenewed;
}

/** Send what may take the server minutes: thousands of items read or written. */
export function sendPatiently(request: Request): Promise<Response> {
  return send(request, PATIENT_TIMEOUT_MS);
}

async function repeat(request: Request, timeout: number): Promise<Response> {
  try {
    if (await renewToken()) return await attempt(request, timeout);
  } catch (thrown) {
    throw refusalOf(thrown);
  }
  throw LOGGED_OUT;
}

async function attempt(request: Request, timeout: number): Promise<Response> {
  const token = currentToken();
  if (token && !request.headers.has(TOKEN_HEADER)) request.headers.set(TOKEN_HEADER, token);
  const answer = await withTimeout(request, timeout);
  if (!answer.ok) throw await refusalFrom(answer);
  return answer;
}

/** AbortSignal.any is younger than the browsers that we serve. */
async function withTimeout(request: Request, timeout: number): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new DOMException("No answer in time.", "TimeoutError")), timeout);
  const forward = (): void => stop.abort(request.signal.reason);
  if (request.signal.aborted) forward();
  request.signal.addEventListener("abort", forward);
  try {
    return await fetch(request, { signal: stop.signal });
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener("abort", forward);
  }
}
