/** A calculator with × and ÷ before + and −. Pure: each key makes a new state. */

import { difference, type Fraction, product, quotient, read, sum, written } from "./fractions";

export type Operator = "+" | "-" | "×" | "÷";
export type Key = Operator | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "." | "±" | "%" | "=" | "C" | "⌫";

/** `entry` is being typed, "" right after an operator; without one, `value` stands. `terms` wait for what follows. */
export interface Calculator {
  terms: readonly { value: Fraction; operator: Operator }[];
  entry: string | null;
  value: Fraction;
  isDividedByZero: boolean;
}

const MOST_DIGITS = 14;
const MOST_TERMS = 30;

export const CLEARED: Calculator = { terms: [], entry: "0", value: read("0"), isDividedByZero: false };

/** Return the state after a key. */
export function press(state: Calculator, key: Key): Calculator {
  if (key === "C" || state.isDividedByZero) return key === "C" || !isDigit(key) ? CLEARED : typed(CLEARED, key);
  if (isOperator(key)) return operated(state, key);
  if (key === "=") return result(state);
  if (key === "⌫") return { ...state, entry: state.entry === null ? null : shortened(state.entry) };
  if (key === "±") return changed(state, (value) => product(value, read("-1")));
  if (key === "%") return changed(state, (value) => product(value, read("0.01")));
  return typed(state, key);
}

/** What the display shows. */
export const shown = ({ entry, value }: Calculator): string => (entry === null ? written(value) : entry || "0");

/** What was asked so far, to be read beside the display. */
export const asked = ({ terms }: Calculator): string =>
  terms.map(({ value, operator }) => `${written(value)} ${operator}`).join(" ");

const isDigit = (key: Key): boolean => /^[\d.]$/.test(key);
const isOperator = (key: Key): key is Operator => ["+", "-", "×", "÷"].includes(key);

function typed(state: Calculator, key: string): Calculator {
  const before = state.entry || "0";
  if (key === "." && before.includes(".")) return state;
  if (key !== "." && before.replace(/[-.]/g, "").length >= MOST_DIGITS) return state;
  return { ...state, entry: key !== "." && before === "0" ? key : before + key };
}

function shortened(entry: string): string {
  return entry.length > 1 ? entry.slice(0, -1) : entry && "0";
}

const valueOf = ({ entry, value }: Calculator): Fraction => (entry === null ? value : read(entry));

function changed(state: Calculator, by: (value: Fraction) => Fraction): Calculator {
  return { ...state, entry: null, value: by(valueOf(state)) };
}

/** An operator right after another one replaces it: 5 + × 3 is 5 × 3. */
function operated(state: Calculator, operator: Operator): Calculator {
  const last = state.terms.at(-1);
  if (last && state.entry === "") return { ...state, terms: [...state.terms.slice(0, -1), { ...last, operator }] };
  if (state.terms.length >= MOST_TERMS) return state;
  return { ...CLEARED, terms: [...state.terms, { value: valueOf(state), operator }], entry: "" };
}

/** An operator that nothing follows is left out: 5 + = is 5. */
function result(state: Calculator): Calculator {
  const values = state.terms.map((term) => term.value);
  const operators = operatorsOf(state);
  const isOpen = state.entry === "" && operators.length > 0;
  const value = isOpen ? evaluated(values, operators.slice(0, -1)) : evaluated([...values, valueOf(state)], operators);
  return value ? { ...CLEARED, entry: null, value } : { ...CLEARED, isDividedByZero: true };
}

const operatorsOf = ({ terms }: Calculator): Operator[] => terms.map(({ operator }) => operator);

/** Return the value, or null for a division by zero: first × and ÷ from the left, then + and −. */
function evaluated(values: readonly Fraction[], operators: readonly Operator[]): Fraction | null {
  const sums: { sign: Operator; value: Fraction }[] = [{ sign: "+", value: values[0]! }];
  for (const [index, operator] of operators.entries()) {
    const [value, last] = [values[index + 1]!, sums.at(-1)!];
    if (operator === "+" || operator === "-") {
      sums.push({ sign: operator, value });
      continue;
    }
    const next = operator === "×" ? product(last.value, value) : quotient(last.value, value);
    if (!next) return null;
    last.value = next;
  }
  return sums.reduce((total, { sign, value }) => (sign === "+" ? sum : difference)(total, value), read("0"));
}

/** The key that a keyboard's key stands for, or null. */
export function keyOf(pressed: string): Key | null {
  if (/^[\d.%]$/.test(pressed)) return pressed as Key;
  const keys: Record<string, Key> = {
    "+": "+",
    "-": "-",
    "*": "×",
    x: "×",
    "/": "÷",
    "=": "=",
    Enter: "=",
    Backspace: "⌫",
    Delete: "C",
    c: "C",
    ",": ".",
  };
  return keys[pressed] ?? null;
}
