/** Exact numbers: fractions of whole numbers of any length, so that 0.1 + 0.2 is 0.3 and 1 ÷ 3 × 3 is 1. Pure. */

export interface Fraction {
  /** Carries the sign. */
  readonly over: bigint;
  /** Always positive. */
  readonly under: bigint;
}

export const ZERO: Fraction = { over: 0n, under: 1n };

/** Read "12", "-0.5", "3." or "" (which is 0). */
export function read(text: string): Fraction {
  const [whole = "", rest = ""] = text.replace("-", "").split(".");
  const digits = BigInt(`${whole}${rest}` || "0");
  return reduced(text.startsWith("-") ? -digits : digits, 10n ** BigInt(rest.length));
}

export const sum = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.over * b.under + b.over * a.under, a.under * b.under);

export const difference = (a: Fraction, b: Fraction): Fraction => sum(a, { over: -b.over, under: b.under });

export const product = (a: Fraction, b: Fraction): Fraction => reduced(a.over * b.over, a.under * b.under);

/** Return a ÷ b, or null when b is 0. */
export const quotient = (a: Fraction, b: Fraction): Fraction | null =>
  b.over === 0n ? null : reduced(a.over * b.under, a.under * b.over);

/** Write with so many digits at most behind and before the point, rounded half up; "≈" before what is rounded. */
export function written(value: Fraction, digits = 12): string {
  const isNegative = value.over < 0n;
  const over = isNegative ? -value.over : value.over;
  const places = Math.max(0, digits - (over / value.under).toString().length);
  const scaled = over * 10n ** BigInt(places);
  const isExact = scaled % value.under === 0n;
  const rounded = (2n * scaled + value.under) / (2n * value.under);
  const text = pointed(rounded.toString(), places);
  return `${isExact ? "" : "≈"}${isNegative && text !== "0" ? "-" : ""}${text}`;
}

function pointed(digits: string, places: number): string {
  const padded = digits.padStart(places + 1, "0");
  const whole = padded.slice(0, padded.length - places);
  const rest = padded.slice(padded.length - places).replace(/0+$/, "");
  return places === 0 || rest === "" ? whole : `${whole}.${rest}`;
}

function reduced(over: bigint, under: bigint): Fraction {
  const divisor = commonDivisor(over < 0n ? -over : over, under < 0n ? -under : under) || 1n;
  const sign = under < 0n ? -1n : 1n;
  return { over: (sign * over) / divisor, under: (sign * under) / divisor };
}

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : commonDivisor(b, a % b);
}
