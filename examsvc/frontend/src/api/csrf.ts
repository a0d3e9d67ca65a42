/** The token that writes carry, and the login that it belongs to. */
let token = "";
let owner = "";

export interface TokenHolder {
  account_id: string;
  csrf_token: string;
}

export function currentToken(): string {
  return token;
}

export function useToken(holder: TokenHolder | null): void {
  token = holder?.csrf_token ?? "";
  owner = holder?.account_id ?? "";
}

/**
 * Ask for the token again, since another tab may have logged in anew.
 * Returns false when nobody or somebody else is logged in: then a write must not be repeated.
 */
export async function refreshToken(): Promise<boolean> {
  const answer = await fetch("/api/me");
  if (!answer.ok) return false;
  const holder = (await answer.json()) as TokenHolder;
  if (holder.account_id !== owner) return false;
  useToken(holder);
  return true;
}
