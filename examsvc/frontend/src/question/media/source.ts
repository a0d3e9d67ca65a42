/** Where a question's pictures and recordings come from, and what is kept of their playing. */

import { send } from "@/api/send";

import { type PlayLog, playsInMemory } from "./plays";

export interface MediaSource {
  /** The address to show a picture from. */
  urlOf(digest: string): string;
  /** Fetch a recording whole; returns an address to play it from, without a network and from any second. */
  load(digest: string): Promise<string>;
  plays: PlayLog;
  /** Whether nothing may sound now, as in a pause. */
  isHeld(): boolean;
}

/** Media at addresses, with plays that are forgotten with the page: for previews. */
export function mediaAt(urlOf: (digest: string) => string): MediaSource {
  return { urlOf, load: (digest) => fetchWhole(urlOf(digest)), plays: playsInMemory(), isHeld: () => false };
}

/** Fetch a file into memory; returns an address of it. Throws the server's refusal. */
export async function fetchWhole(url: string): Promise<string> {
  const answer = await send(new Request(new URL(url, location.href)));
  return URL.createObjectURL(await answer.blob());
}
