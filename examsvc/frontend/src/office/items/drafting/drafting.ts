import type { ItemType } from "../wording";
import { readOrder, readPairs, writeOrder, writePairs } from "./arrangements";
import { type Body, type DraftMedium, emptyBody } from "./body";
import { readChoice, readGaps, writeChoice, writeGaps, writeMultiple } from "./choices";
import { readBlanks, readNumber, readText, readTruth, writeBlanks, writeExtended, writeNumber, writeShort, writeTruth } from "./entries";
import { readHotspot, writeHotspot } from "./hotspot";
import type { Content, Key, Medium, Wire } from "./shapes";

/** How a type goes to the server and comes back. */
interface Drafting {
  write: (body: Body) => Wire;
  read: (content: Content, key: Key) => Partial<Body>;
}

const DRAFTING: Readonly<Record<ItemType, Drafting>> = {
  SINGLE_CHOICE: { write: writeChoice, read: readChoice },
  MULTIPLE_CHOICE: { write: writeMultiple, read: readChoice },
  TRUE_FALSE: { write: writeTruth, read: readTruth },
  FILL_IN: { write: writeBlanks, read: readBlanks },
  NUMERIC: { write: writeNumber, read: readNumber },
  INLINE_CHOICE: { write: writeGaps, read: readGaps },
  ORDERING: { write: writeOrder, read: readOrder },
  MATCHING: { write: writePairs, read: readPairs },
  HOTSPOT: { write: writeHotspot, read: readHotspot },
  SHORT_ANSWER: { write: writeShort, read: readText },
  EXTENDED_ANSWER: { write: writeExtended, read: readText },
  COMPOSITE: { write: writeComposite, read: readComposite },
};

/** Return content and key of what the editor holds: only what the type has. */
export function wireOf(body: Body): [content: Content, key: Key] {
  const [content, key] = DRAFTING[body.type].write(body);
  const media = body.media.map(mediumOf);
  return [{ stem: body.stem, ...(media.length > 0 && { media }), ...content }, key];
}

/** Return what the editor holds of a content and its key. */
export function bodyOf(type: ItemType, content: Content, key: Key): Body {
  const media = content.media?.map((medium): DraftMedium => ({ ...medium, plays: String(medium.plays ?? "") })) ?? [];
  return { ...emptyBody(), ...DRAFTING[type].read(content, key), type, stem: content.stem, media };
}

function mediumOf({ plays, ...medium }: DraftMedium): Medium {
  return { ...medium, ...(plays.trim() && { plays: Number(plays) }) };
}

function writeComposite({ parts }: Body): Wire {
  const written = parts.map(({ id, share, body }) => ({ id, share, type: body.type, wire: wireOf(body) }));
  const contents = written.map(({ id, type, share, wire }) => ({ id, type, share, content: wire[0] }));
  return [{ parts: contents }, { parts: Object.fromEntries(written.map(({ id, wire }) => [id, wire[1]])) }];
}

function readComposite({ parts = [] }: Content, key: Key): Partial<Body> {
  return { parts: parts.map(({ id, type, share, content }) => ({ id, share, body: bodyOf(type, content, key.parts?.[id] ?? {}) })) };
}
