import type { Body } from "./body";
import type { Content, Key, Wire } from "./shapes";

export function writeHotspot({ picture, marks, areas }: Body): Wire {
  return [{ ...(picture && { picture }), points: marks }, { areas }];
}

export function readHotspot({ picture, points = 1 }: Content, { areas = [] }: Key): Partial<Body> {
  return { picture: picture ?? null, marks: points, areas };
}
