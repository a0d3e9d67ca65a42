import { api, type Schemas, take } from "@/api/client";
import { formOf } from "@/api/upload";

import type { DraftMedium } from "../drafting/body";
import type { Picture } from "../drafting/shapes";

/** What the server says about a file that it has stored. */
export type StoredMedium = Schemas["MediumView"];

/** What may be chosen for each use. */
export const PICTURES = "image/png,image/jpeg";
export const MEDIA = `${PICTURES},audio/mpeg,audio/mp4,audio/ogg,audio/wav,video/mp4,video/webm`;

/** Return where staff read a medium of a bank. */
export function mediaAddress(bankId: string, digest: string): string {
  return `/api/banks/${bankId}/media/${digest}`;
}

/** Store a file with the bank; throws the Refusal of a file that cannot be used. */
export function upload(bankId: string, file: File): Promise<StoredMedium> {
  const params = { path: { bank_id: bankId } };
  return take(api.POST("/api/banks/{bank_id}/media", { params, ...formOf({ file }) }));
}

export function draftMediumOf({ digest, kind, media_type }: StoredMedium): DraftMedium {
  return { digest, kind, media_type, alt: "", plays: "" };
}

/** Return the picture that candidates mark places in. */
export function pictureOf({ digest, media_type, width, height }: StoredMedium): Picture {
  return { digest, media_type, width: width ?? 0, height: height ?? 0, alt: "" };
}
