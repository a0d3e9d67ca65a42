/** The paper that this page shows, and the files that were opened with it. */

import { onScopeDispose, shallowRef } from "vue";

import type { Claim } from "@/journal/wire";

import type { Paper } from "../types";
import type { Opened } from "./opening";
import type { Preload } from "./usePreload";

export function useOpened(preload: Preload) {
  const paper = shallowRef<Paper | null>(null);
  /** The files' addresses in this page, by digest. */
  const files = new Map<string, string>();

  function show(opened: Opened): void {
    for (const [digest, file] of opened.files) files.set(digest, URL.createObjectURL(file));
    paper.value = opened.paper;
  }

  /** While a sitting is paused its claim brings no keys. */
  async function openedBy({ paper_key, media_key }: Claim): Promise<Opened | null> {
    return paper_key && media_key ? preload.open({ paper_key, media_key }) : null;
  }

  onScopeDispose(() => files.forEach((url) => URL.revokeObjectURL(url)));
  return { paper, files, show, openedBy };
}
