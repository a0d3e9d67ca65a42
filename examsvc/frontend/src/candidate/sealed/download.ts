/** Fetching a sealed paper and its files into the vault: what lies there under the same seal is not fetched again. */

import { api, type Schemas, send } from "@/api/client";

import { timed } from "../api";
import { isWhole } from "./seal";
import type { SealedPaper, Vault } from "./vault";

type Preload = Schemas["Preload"];

/** The answer was not what its digest says, twice. */
export class Broken extends Error {}

/** Fetch what is missing; throws the server's refusal, or Broken. Returns what was to be fetched. */
export async function download(sittingId: string, vault: Vault): Promise<Preload> {
  const params = { path: { sitting_id: sittingId } };
  const wanted = await timed((signal) => api.GET("/api/sittings/{sitting_id}/preload", { params, signal }));
  const kept = await vault.paper(sittingId);
  if (kept?.seal === wanted.seal) return wanted;
  if (kept) await vault.forget(sittingId); // what another start has sealed is of no use any more
  for (const name of wanted.media) await fetchMedium(sittingId, vault, name);
  await vault.keepPaper(await fetchedPaper(sittingId, wanted)); // last: where the paper lies, everything does
  return wanted;
}

async function fetchMedium(sittingId: string, vault: Vault, name: string): Promise<void> {
  if (await vault.medium(sittingId, name)) return;
  await vault.keepMedium(sittingId, name, await fetched(`/api/sittings/${sittingId}/sealed-media/${name}`));
}

async function fetchedPaper(sittingId: string, { seal, paper_digest, starts_at, told_within_ms }: Preload): Promise<SealedPaper> {
  const body = await fetched(`/api/sittings/${sittingId}/sealed-paper`);
  return { sitting_id: sittingId, seal, paper_digest, starts_at, told_within_ms, body };
}

/** A broken answer is asked for once more, past the browser's cache. */
async function fetched(path: string): Promise<ArrayBuffer> {
  for (const cache of ["default", "reload"] as const) {
    const answer = await send(new Request(new URL(path, location.href), { cache }));
    const body = await answer.arrayBuffer();
    if (await isWhole(body, answer.headers.get("Content-Digest"))) return body;
  }
  throw new Broken(path);
}
