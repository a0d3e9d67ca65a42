import type { Difficulty, Version, Wording } from "../wording";
import { type Body, emptyBody } from "./body";
import { bodyOf, wireOf } from "./drafting";
import type { Content, Key } from "./shapes";

/** What the editor holds of a version. */
export interface Draft extends Body {
  code: string;
  difficulty: Difficulty;
  pointId: string;
  explanation: string;
}

export function emptyDraft(): Draft {
  return { ...emptyBody(), code: "", pointId: "", explanation: "", difficulty: "MEDIUM" };
}

/** Return the draft that edits a version. */
export function draftOf(version: Version, key: Key, explanation: string): Draft {
  const body = bodyOf(version.type, version.content as Content, key);
  return { ...body, code: version.code, difficulty: version.difficulty, pointId: version.knowledge_point_id, explanation };
}

/** Return what is sent to the server. */
export function wordingOf(draft: Draft): Wording {
  const { type, difficulty, pointId, explanation } = draft;
  const [content, key] = wireOf(draft);
  return { type, difficulty, explanation, knowledge_point_id: pointId, content, key } as Wording;
}
