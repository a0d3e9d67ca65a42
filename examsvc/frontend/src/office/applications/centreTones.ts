import type { Tone } from "@/shared/icons";

/** How good the news of a site's state is. */
export const CENTRE_TONES: Readonly<Record<string, Tone>> = { PROPOSED: "info", RECOMMENDED: "good", REFUSED: "bad" };
