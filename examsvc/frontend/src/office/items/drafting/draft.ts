import type { Schemas } from "@/api/client";

import type { Bloom, Difficulty, Importance, Version, Wording } from "../wording";
import { type Body, emptyBody } from "./body";
import { bodyOf, wireOf } from "./drafting";
import type { Content, Key } from "./shapes";

/** What the editor holds of a version. */
export interface Draft extends Body {
  code: string;
  externalId: string;
  difficulty: Difficulty;
  pointId: string;
  explanation: string;
  importance: Importance | "";
  bloom: Bloom | "";
  tags: string[];
  source: string;
  rights: string;
}

export function emptyDraft(): Draft {
  const texts = { code: "", externalId: "", pointId: "", explanation: "", source: "", rights: "" };
  return { ...emptyBody(), ...texts, difficulty: "MEDIUM", importance: "", bloom: "", tags: [] };
}

/** Return the draft that edits a version. */
export function draftOf(version: Version, key: Key, explanation: string): Draft {
  const body = bodyOf(version.type, version.content as Content, key);
  const { code, difficulty, knowledge_point_id: pointId, tags, source, rights } = version;
  const said = { externalId: version.external_id ?? "", importance: version.importance ?? "", bloom: version.bloom ?? "" } as const;
  return { ...body, ...said, code, difficulty, pointId, explanation, tags: [...tags], source, rights };
}

/** Return what is sent to the server of a version. */
export function wordingOf(draft: Draft): Wording {
  const { type, difficulty, pointId, explanation, tags, source, rights } = draft;
  const [content, key] = wireOf(draft);
  const said = { importance: draft.importance || null, bloom: draft.bloom || null, tags, source, rights };
  return { type, difficulty, ...said, explanation, knowledge_point_id: pointId, content, key } as Wording;
}

/** Return what is sent to the server of a new item. */
export function itemOf(draft: Draft): Schemas["ItemInput"] {
  return { ...wordingOf(draft), code: draft.code, external_id: draft.externalId.trim() || null };
}
