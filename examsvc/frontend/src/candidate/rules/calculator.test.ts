import { describe, expect, it } from "vitest";

import { asked, type Calculator, CLEARED, type Key, keyOf, press, shown } from "./calculator";
import { quotient, read, written } from "./fractions";

const after = (keys: string): Calculator => [...keys].reduce((state, key) => press(state, key as Key), CLEARED);

describe("the calculator", () => {
  it.each([
    ["", "0"],
    ["007", "7"],
    ["1.50", "1.50"],
    ["1..5", "1.5"],
    [".5", "0.5"],
    ["0.1+0.2=", "0.3"],
    ["2+3×4=", "14"],
    ["2×3+4×5=", "26"],
    ["1÷3×3=", "1"],
    ["1÷3=", "≈0.33333333333"],
    ["2÷3=", "≈0.66666666667"],
    ["5+×3=", "15"],
    ["5+0×3=", "5"],
    ["5+=", "5"],
    ["7=+1=", "8"],
    ["7=1", "1"],
    ["50%=", "0.5"],
    ["200×15%=", "30"],
    ["5±=", "-5"],
    ["3-5=", "-2"],
    ["12⌫⌫⌫", "0"],
    ["9C", "0"],
    ["123456789012345678", "12345678901234"],
    ["99999999999999×99999999999999=", "9999999999999800000000000001"],
    ["1.1-1=", "0.1"],
  ])("%s shows %s", (keys, display) => {
    expect(shown(after(keys))).toBe(display);
  });

  it("says what was asked so far, and that nothing is divided by 0", () => {
    expect(asked(after("2×3+4"))).toBe("2 × 3 +");
    expect(after("5÷0=").isDividedByZero).toBe(true);
    expect(shown(after("5÷0=8"))).toBe("8");
    expect(after("5÷0=+").isDividedByZero).toBe(false);
  });

  it.each([
    ["7", "7"],
    ["*", "×"],
    ["/", "÷"],
    ["Enter", "="],
    ["Backspace", "⌫"],
    ["Tab", null],
    ["F5", null],
  ])("takes the keyboard's %s for %s", (pressed, key) => {
    expect(keyOf(pressed)).toBe(key);
  });
});

describe("exact numbers", () => {
  it("write what is rounded half up, and say so", () => {
    expect(written(read("0.0005"), 4)).toBe("≈0.001");
    expect(written(read("-2.5"), 1)).toBe("≈-3");
    expect(written(quotient(read("1"), read("8"))!)).toBe("0.125");
    expect(quotient(read("1"), read("0"))).toBeNull();
  });
});
