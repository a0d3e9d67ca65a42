import type { Schemas } from "@/api/client";

type Translate = (key: string, values: Record<string, unknown>) => string;

/** Return what a draw holds in words: how many forms of which kind, and of individual ones how many are left. */
export function drawText(t: Translate, { kind, count, free }: Schemas["DrawChoice"]): string {
  return t(`office.session.forms.${kind}`, { count, free: free ?? 0 });
}
