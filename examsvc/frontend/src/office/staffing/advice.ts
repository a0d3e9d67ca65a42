/** What the standard asks for beyond what the server enforces (domain.md part 3); null when it is met. */
export type Advice = { key: "examiners"; least: number } | null;

/** Examiners: an odd number, at least three. */
export function examinersAdvice(count: number): Advice {
  return count < 3 || count % 2 === 0 ? { key: "examiners", least: 3 } : null;
}
