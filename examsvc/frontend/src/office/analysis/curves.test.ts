import { describe, expect, it } from "vitest";

import { across, bars, chance, CHART, curve, down } from "./curves";

describe("a characteristic curve", () => {
  it("passes one half at the item's difficulty, whatever the slope", () => {
    expect([0.3, 1, 2.5, -1].map((slope) => chance(slope, -0.7, -0.7))).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it("runs over the whole chart and stays within it", () => {
    const points = curve(8, 0).split(/[ML]/).filter(Boolean).map((point) => point.split(" ").map(Number));
    expect(points[0]?.[0]).toBeCloseTo(across(-4), 0);
    expect(points.at(-1)?.[0]).toBeCloseTo(across(4), 0);
    expect(points.every(([, y = 0]) => y >= down(1) && y <= down(0))).toBe(true);
  });
});

describe("bars", () => {
  it("are as high as the chart for the fullest band, and lie side by side", () => {
    const [first, second] = bars([2, 4]);
    expect(second).toMatchObject({ y: CHART.top, count: 4, from: 50, to: 100 });
    expect(first?.height).toBeCloseTo((second?.height ?? 0) / 2);
    expect((first?.x ?? 0) + (first?.width ?? 0)).toBeLessThan(second?.x ?? 0);
  });

  it("have no height without people", () => {
    expect(bars([0, 0]).map(({ height }) => height)).toEqual([0, 0]);
  });
});
