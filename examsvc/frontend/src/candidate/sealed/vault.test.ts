// @vitest-environment happy-dom
import "fake-indexeddb/auto";

import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";

import { type Answers, json, refused, serve } from "@/api/testing";

import { Broken, download } from "./download";
import { openFrom } from "./opening";
import { contentDigest, DIGEST, FILE_NAME, KEYS, sealedFile, sealedPaper, SITTING, tampered } from "./testing";
import { MemoryVault, openVault, type Vault } from "./vault";

const BASE = `/api/sittings/${SITTING}`;
const PAPER = `GET ${BASE}/sealed-paper`;
const FILE = `GET ${BASE}/sealed-media/${FILE_NAME}`;
const wanted = (seal: string, media: string[] = [FILE_NAME]) => ({
  seal,
  paper_digest: DIGEST,
  starts_at: "2026-11-23T01:00:00Z",
  told_within_ms: 4_000,
  media,
  has_formulas: false,
  server_now: "2026-11-23T00:50:00Z",
});

let factory: IDBFactory;
let answers: Answers;
let seen: Request[];

beforeEach(async () => {
  factory = new IDBFactory();
  const [paper, file] = [await carried(sealedPaper()), await carried(sealedFile())];
  answers = { [`GET ${BASE}/preload`]: () => json(wanted("first")), [PAPER]: paper, [FILE]: file };
  seen = serve(answers);
});

async function carried(body: ArrayBuffer, of = body): Promise<() => Response> {
  const headers = { "Content-Digest": await contentDigest(of) };
  return () => new Response(body.slice(0), { headers });
}

const asked = (): string[] => seen.map(({ url }) => new URL(url).pathname.replace(`${BASE}/`, ""));

describe("the vault", () => {
  it("still has the paper and its files after a reload, and opens them without asking", async () => {
    await download(SITTING, await openVault(factory));
    const before = seen.length;
    const opened = await openFrom(await openVault(factory), SITTING, KEYS);
    expect(opened?.paper.title).toBe("试卷");
    expect(seen.length).toBe(before);
  });

  it("fetches nothing again that lies there under the same seal", async () => {
    const vault = await openVault(factory);
    await download(SITTING, vault);
    seen.length = 0;
    await download(SITTING, vault);
    expect(asked()).toEqual(["preload"]);
  });

  it("throws away what another start has sealed", async () => {
    const vault = await openVault(factory);
    await download(SITTING, vault);
    answers[`GET ${BASE}/preload`] = () => json(wanted("second", []));
    await download(SITTING, vault);
    expect((await vault.paper(SITTING))?.seal).toBe("second");
    expect(await vault.medium(SITTING, FILE_NAME)).toBeUndefined();
  });

  it.each(["durable", "in memory"])("forgets a sitting whole and leaves another's alone (%s)", async (kind) => {
    const vault: Vault = kind === "durable" ? await openVault(factory) : new MemoryVault();
    const other = { sitting_id: "other", seal: "s", paper_digest: "d", starts_at: "", told_within_ms: 0, body: new ArrayBuffer(1) };
    await vault.keepPaper(other);
    await vault.keepMedium("other", "n", new ArrayBuffer(1));
    await download(SITTING, vault);
    await vault.forget(SITTING);
    expect(await vault.paper(SITTING)).toBeUndefined();
    expect(await vault.medium(SITTING, FILE_NAME)).toBeUndefined();
    expect(await vault.paper("other")).toEqual(other);
    expect(await vault.medium("other", "n")).toBeDefined();
  });
});

describe("a download", () => {
  it("keeps the paper last, so that where it lies nothing is missing", async () => {
    answers[FILE] = refused("not_found", 404);
    const vault = await openVault(factory);
    await expect(download(SITTING, vault)).rejects.toMatchObject({ code: "not_found" });
    expect(await vault.paper(SITTING)).toBeUndefined();
  });

  it("that is broken is asked for once more", async () => {
    const [broken, whole] = [await carried(tampered(sealedPaper()), sealedPaper()), await carried(sealedPaper())];
    let times = 0;
    answers[PAPER] = () => ((times += 1) === 1 ? broken() : whole());
    const vault = await openVault(factory);
    await download(SITTING, vault);
    expect(asked().filter((way) => way === "sealed-paper")).toHaveLength(2);
    expect(await openFrom(vault, SITTING, KEYS)).not.toBeNull();
  });

  it("that is broken twice is not kept", async () => {
    answers[PAPER] = await carried(tampered(sealedPaper()), sealedPaper());
    const vault = await openVault(factory);
    await expect(download(SITTING, vault)).rejects.toThrow(Broken);
    expect(await vault.paper(SITTING)).toBeUndefined();
  });

  it("that comes too soon says so", async () => {
    answers[`GET ${BASE}/preload`] = refused("preload_not_open", 409);
    await expect(download(SITTING, await openVault(factory))).rejects.toMatchObject({ code: "preload_not_open" });
  });
});

describe("opening", () => {
  it("finds nothing where nothing was fetched", async () => {
    expect(await openFrom(await openVault(factory), SITTING, KEYS)).toBeNull();
  });

  it("rejects what was tampered with in the browser", async () => {
    const vault = await openVault(factory);
    await download(SITTING, vault);
    const kept = await vault.paper(SITTING);
    await vault.keepPaper({ ...kept!, body: tampered(kept!.body) });
    await expect(openFrom(vault, SITTING, KEYS)).rejects.toThrow();
  });

  it("rejects any key but the released one", async () => {
    const vault = await openVault(factory);
    await download(SITTING, vault);
    for (const guessed of [KEYS.media_key, "A".repeat(43), DIGEST.slice(0, 43)])
      await expect(openFrom(vault, SITTING, { ...KEYS, paper_key: guessed })).rejects.toThrow();
  });
});
