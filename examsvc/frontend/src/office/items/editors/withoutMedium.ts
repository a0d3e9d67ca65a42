import type { Body } from "../drafting/body";

/** Take a picture that is gone from whatever showed it. */
export function withoutMedium({ options, lines, pairs, extras }: Body, digest: string): void {
  for (const shown of [...options, ...lines, ...pairs, ...pairs.map(({ match }) => match), ...extras]) {
    if (shown.media === digest) shown.media = "";
  }
}
