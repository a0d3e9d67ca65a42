/** The frame of a chart in its own units; a point's y grows downwards, as SVG has it. */
export const CHART = { width: 640, height: 280, left: 48, right: 12, top: 12, bottom: 40 } as const;

export const ABILITIES = { least: -4, most: 4 } as const;
const STEPS = 64;

/** The chance of a right answer at an ability: 1 / (1 + exp(−slope·(ability − difficulty))). */
export function chance(slope: number, difficulty: number, ability: number): number {
  return 1 / (1 + Math.exp(-slope * (ability - difficulty)));
}

/** Where an ability lies across the chart. */
export function across(ability: number): number {
  const { left, right, width } = CHART;
  return left + ((ability - ABILITIES.least) / (ABILITIES.most - ABILITIES.least)) * (width - left - right);
}

/** Where a share from 0 to 1 lies down the chart. */
export function down(share: number): number {
  const { top, bottom, height } = CHART;
  return height - bottom - share * (height - top - bottom);
}

/** The characteristic curve of an item as an SVG path. */
export function curve(slope: number, difficulty: number): string {
  const abilities = Array.from({ length: STEPS + 1 }, (_, step) => ABILITIES.least + (step / STEPS) * (ABILITIES.most - ABILITIES.least));
  return abilities
    .map((ability, step) => `${step === 0 ? "M" : "L"}${across(ability).toFixed(1)} ${down(chance(slope, difficulty, ability)).toFixed(1)}`)
    .join("");
}

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
  count: number;
  from: number;
  to: number;
}

/** Bars of equal bands from 0 to 100; the fullest band is as high as the chart. */
export function bars(counts: readonly number[]): Bar[] {
  const { left, right, width } = CHART;
  const [band, most] = [(width - left - right) / counts.length, Math.max(1, ...counts)];
  return counts.map((count, place) => ({
    x: left + place * band + 2,
    y: down(count / most),
    width: band - 4,
    height: down(0) - down(count / most),
    count,
    from: (place * 100) / counts.length,
    to: ((place + 1) * 100) / counts.length,
  }));
}
