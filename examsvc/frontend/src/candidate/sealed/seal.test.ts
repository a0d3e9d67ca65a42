import { afterEach, describe, expect, it, vi } from "vitest";

import { canUnseal, isWhole, mediumName, unsealMedium, unsealPaper } from "./seal";
import * as known from "./testing";

const { DIGEST, FILE_DIGEST, FILE_NAME, KEYS, SITTING, sealedFile, sealedPaper, tampered } = known;

afterEach(() => vi.unstubAllGlobals());

describe("a sealed paper", () => {
  it("is opened by its key as the server has sealed it", async () => {
    const text = await unsealPaper(sealedPaper(), KEYS.paper_key, SITTING, DIGEST);
    expect(JSON.parse(text)).toEqual({ title: "试卷", total_points: 100, sections: [] });
  });

  it.each(Array.from({ length: 75 }, (_, at) => at))("is refused with byte %i changed", async (at) => {
    await expect(unsealPaper(tampered(sealedPaper(), at), KEYS.paper_key, SITTING, DIGEST)).rejects.toThrow();
  });

  it("is refused with another key, for another sitting, as another paper, and cut short", async () => {
    const key = KEYS.paper_key;
    await expect(unsealPaper(sealedPaper(), KEYS.media_key, SITTING, DIGEST)).rejects.toThrow();
    await expect(unsealPaper(sealedPaper(), key, SITTING.replace("1", "2"), DIGEST)).rejects.toThrow();
    await expect(unsealPaper(sealedPaper(), key, SITTING, "ac".repeat(32))).rejects.toThrow();
    await expect(unsealPaper(sealedPaper().slice(0, 40), key, SITTING, DIGEST)).rejects.toThrow();
    await expect(unsealPaper(new ArrayBuffer(0), key, SITTING, DIGEST)).rejects.toThrow();
  });
});

describe("a sealed file", () => {
  it("is called by a name that follows from its digest and the key of the files", async () => {
    expect(await mediumName(KEYS.media_key, FILE_DIGEST)).toBe(FILE_NAME);
    expect(await mediumName(KEYS.paper_key, FILE_DIGEST)).not.toBe(FILE_NAME);
  });

  it("is opened under its own name only", async () => {
    const opened = await unsealMedium(sealedFile(), KEYS.media_key, FILE_NAME);
    expect([...new Uint8Array(opened)].slice(0, 4)).toEqual([0x89, 0x50, 0x4e, 0x47]);
    await expect(unsealMedium(sealedFile(), KEYS.media_key, "0".repeat(64))).rejects.toThrow();
    await expect(unsealMedium(tampered(sealedFile()), KEYS.media_key, FILE_NAME)).rejects.toThrow();
  });
});

describe("the browser", () => {
  it("tells a whole download from a broken one before there is a key", async () => {
    const told = await known.contentDigest(sealedPaper());
    expect(await isWhole(sealedPaper(), told)).toBe(true);
    expect(await isWhole(tampered(sealedPaper()), told)).toBe(false);
    expect(await isWhole(sealedPaper(), null)).toBe(false);
  });

  it("cannot open seals over plain HTTP, where it has no cryptography", () => {
    expect(canUnseal()).toBe(true);
    vi.stubGlobal("crypto", {});
    expect(canUnseal()).toBe(false);
  });
});
