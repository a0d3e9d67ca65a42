import { forget, recall, remember } from "@/shared/remembered";

export const TOKEN_HEADER = "X-CSRF-Token";
/** The token that requests carry, and the login that it belongs to. */
const KEPT = "csrf";
let token = "";
let owner = "";

export interface TokenHolder {
  account_id: string;
  csrf_token: string;
}

export function currentToken(): string {
  return token;
}

/** Use a login's token from now on; this browser keeps it, because a candidate's is told at the log-in alone. */
export function useToken(holder: TokenHolder | null): void {
  token = holder?.csrf_token ?? "";
  owner = holder?.account_id ?? "";
  if (token) remember(KEPT, token);
  else forget(KEPT);
}

/** What a page shows to be told the token again. */
export function proofOfToken(): Record<string, string> {
  const kept = recall(KEPT);
  return kept ? { [TOKEN_HEADER]: kept } : {};
}

/**
 * Ask for the token again, since another tab may have logged in anew.
 * Returns false when nobody or somebody else is logged in: then nothing must be repeated.
 */
export async function refreshToken(): Promise<boolean> {
  const answer = await fetch("/api/me", { headers: proofOfToken() });
  if (!answer.ok) return false;
  const holder = (await answer.json()) as TokenHolder;
  if (holder.account_id !== owner || !holder.csrf_token) return false;
  useToken(holder);
  return true;
}
