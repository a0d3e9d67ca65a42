/** What the standard asks for beyond what the server enforces (domain.md part 3); null when it is met. */
export type Advice = { key: "proctors" | "examiners"; least: number } | null;

/** Invigilators: at least two, and one for every 15 candidates. */
export function proctorsAdvice(count: number, enrolled: number): Advice {
  const least = Math.max(2, Math.ceil(enrolled / 15));
  return count < least ? { key: "proctors", least } : null;
}

/** Examiners: an odd number, at least three. */
export function examinersAdvice(count: number): Advice {
  return count < 3 || count % 2 === 0 ? { key: "examiners", least: 3 } : null;
}
