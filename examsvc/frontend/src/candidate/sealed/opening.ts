/** Opening the paper that lies in the vault, its files with it, without asking anybody. */

import { digestsOf } from "@/question/rules/contents";

import type { Paper, Question } from "../types";
import { type Keys, mediumName, unsealMedium, unsealPaper } from "./seal";
import type { Vault } from "./vault";

export interface Opened {
  paper: Paper;
  /** Each file that could be opened, by the digest that the paper knows it by. */
  files: Map<string, Blob>;
}

/** Return the opened paper, or null when none lies there; rejects when what lies there does not fit the keys. */
export async function openFrom(vault: Vault, sittingId: string, keys: Keys): Promise<Opened | null> {
  const sealed = await vault.paper(sittingId);
  if (!sealed) return null;
  const text = await unsealPaper(sealed.body, keys.paper_key, sittingId, sealed.paper_digest);
  const paper = JSON.parse(text) as Paper;
  return { paper, files: await filesOf(paper, vault, sittingId, keys.media_key) };
}

/** A file that is missing or was tampered with is fetched in the ordinary way when it is shown. */
async function filesOf(paper: Paper, vault: Vault, sittingId: string, key: string): Promise<Map<string, Blob>> {
  const questions = paper.sections.flatMap((section) => section.questions);
  const types = typesOf(questions);
  const files = new Map<string, Blob>();
  for (const digest of digestsOf(questions)) {
    const opened = await openedFile(vault, sittingId, key, digest).catch(() => null);
    if (opened) files.set(digest, new Blob([opened], { type: types.get(digest) ?? "" }));
  }
  return files;
}

async function openedFile(vault: Vault, sittingId: string, key: string, digest: string): Promise<ArrayBuffer | null> {
  const name = await mediumName(key, digest);
  const body = await vault.medium(sittingId, name);
  return body ? unsealMedium(body, key, name) : null;
}

function typesOf(questions: readonly Question[]): Map<string, string> {
  const bodies = questions.flatMap((question) => [question, ...(question.parts ?? [])]);
  const shown = bodies.flatMap(({ media, picture }) => [...media, ...(picture ? [picture] : [])]);
  return new Map(shown.map(({ digest, media_type }) => [digest, media_type]));
}
