import { describe, expect, it } from "vitest";
import { shallowRef } from "vue";

import { Refusal } from "@/api/refusal";

import { claimed } from "./claiming";
import type { Sitting } from "./useSitting";

const outdated = (epoch: unknown, is_own = true) => new Refusal("claim_outdated", "", 409, { epoch, is_own });

/** A page that knows of `epoch`, before a server that answers one after another. */
function pageAt(epoch: number, ...answers: unknown[]) {
  const asked: [number, boolean][] = [];
  const view = shallowRef({ epoch });
  async function claim(afterEpoch: number, canWait: boolean) {
    asked.push([afterEpoch, canWait]);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  }
  const amend = (part: { epoch: number }): void => void (view.value = part);
  return { page: { api: { claim }, view, amend } as unknown as Sitting, asked, view };
}

describe("claiming", () => {
  it("claims after the last claim that the page knows of", async () => {
    const { page, asked } = pageAt(3, { epoch: 4 });
    expect(await claimed(page, { canWait: true })).toEqual({ epoch: 4 });
    expect(asked).toEqual([[3, true]]);
  });

  it("claims after one it has not heard of, and knows of it then", async () => {
    const { page, asked, view } = pageAt(0, outdated(1), { epoch: 2 });
    expect(await claimed(page)).toEqual({ epoch: 2 });
    expect(asked).toEqual([
      [0, false],
      [1, false],
    ]);
    expect(view.value.epoch).toBe(1);
  });

  it("takes what another machine claimed only for a person who asks", async () => {
    const { page, asked } = pageAt(0, outdated(1, false), outdated(1, false), { epoch: 2 });
    await expect(claimed(page, { isByItself: true })).rejects.toMatchObject({ code: "claim_outdated" });
    expect(await claimed(page)).toEqual({ epoch: 2 });
    expect(asked.map(([epoch]) => epoch)).toEqual([0, 0, 1]);
  });

  it("goes on by itself behind its own claim that it never heard of", async () => {
    const { page } = pageAt(0, outdated(1), { epoch: 2 });
    expect(await claimed(page, { isByItself: true })).toEqual({ epoch: 2 });
  });

  it.each([[[outdated(1), outdated(2)]], [[outdated(undefined)]], [[new Refusal("not_started", "", 409)]], [[new TypeError("cut")]]])(
    "throws what it cannot do anything about",
    async (answers) => {
      const { page, asked } = pageAt(0, ...answers);
      await expect(claimed(page)).rejects.toBe(answers.at(-1));
      expect(asked).toHaveLength(answers.length);
    },
  );
});
