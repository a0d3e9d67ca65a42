import { describe, expect, it } from "vitest";

import type { Entry, ServerAnswer } from "./entries";
import { fateOf, reconcile } from "./reconcile";
import { seeded } from "./testing";

const choice = (id: string) => ({ choice: id });

function line(item_ref: string, epoch: number, seq: number, id: string, more: Partial<Entry> = {}): Entry {
  return {
    sitting_id: "s",
    epoch,
    seq,
    item_ref,
    answer: choice(id),
    flagged: false,
    client_at: "2026-11-23T01:00:00Z",
    acknowledged: false,
    set_aside: null,
    ...more,
  };
}

function standing(item_ref: string, epoch: number, seq: number, id: string, written = [epoch, seq] as const): ServerAnswer {
  const [written_epoch, written_seq] = written;
  return { item_ref, epoch, seq, answer: choice(id), flagged: false, written_epoch, written_seq };
}

describe("the fate of a local line beside the server's", () => {
  it.each([
    ["the server has nothing", undefined, "replayed"],
    ["the server has an earlier epoch's", standing("1", 2, 9, "x"), "replayed"],
    ["the server has an earlier line of the same epoch", standing("1", 3, 4, "x"), "replayed"],
    ["the server has this very line", standing("1", 3, 5, "a"), "synced"],
    ["the server has another line under the same number", standing("1", 3, 5, "b"), "replayed"],
    ["the server has a later line of the same epoch", standing("1", 3, 6, "x"), "synced"],
    ["the server has a later epoch's", standing("1", 4, 1, "x"), "superseded"],
    ["the server has the same from a rescue file", standing("1", 4, 1, "a"), "synced"],
    ["the office took over an earlier epoch's", standing("1", 4, 1, "x", [2, 9]), "replayed"],
    ["the office took over an earlier line of the same epoch", standing("1", 4, 1, "x", [3, 4]), "replayed"],
    ["the office took over this very line", standing("1", 4, 1, "a", [3, 5]), "synced"],
    ["the office took over a later line of the same epoch", standing("1", 4, 1, "x", [3, 6]), "synced"],
    ["the office took over a later epoch's", standing("1", 6, 1, "x", [4, 1]), "superseded"],
  ] as const)("%s", (_, server, fate) => {
    expect(fateOf(line("1", 3, 5, "a"), server)).toBe(fate);
  });

  it("a line once confirmed and since overtaken is not lost work", () => {
    expect(fateOf(line("1", 3, 5, "a", { acknowledged: true }), standing("1", 4, 1, "x"))).toBe("synced");
  });

  it("a line once confirmed is not put over what the office decided to take over in its place", () => {
    expect(fateOf(line("1", 3, 5, "a", { acknowledged: true }), standing("1", 4, 1, "x", [2, 9]))).toBe("synced");
  });

  it("a line once confirmed that the server has lost is sent again", () => {
    expect(fateOf(line("1", 3, 5, "a", { acknowledged: true }), undefined)).toBe("replayed");
  });
});

describe("reconciling after a claim", () => {
  it("numbers the replayed lines from 1 under the new epoch, in the order they were made", () => {
    const plan = reconcile([line("2", 1, 2, "b"), line("1", 1, 1, "a"), line("3", 1, 3, "c")], [], 2);
    expect(plan.replayed.map(({ item_ref, epoch, seq }) => [item_ref, epoch, seq])).toEqual([
      ["1", 2, 1],
      ["2", 2, 2],
      ["3", 2, 3],
    ]);
    expect(plan.replaced).toHaveLength(3);
  });

  it("sends only the newest line of a question again", () => {
    const plan = reconcile([line("1", 1, 1, "a"), line("1", 1, 2, "b"), line("1", 1, 3, "c")], [], 2);
    expect(plan.replayed.map((entry) => entry.answer)).toEqual([choice("c")]);
    expect(plan.superseded).toEqual([]);
  });

  it("shows the server's answers, and over them what is sent again", () => {
    const plan = reconcile([line("1", 1, 3, "local")], [standing("1", 1, 1, "old"), standing("2", 1, 2, "kept")], 2);
    expect(plan.held.get("1")?.answer).toEqual(choice("local"));
    expect(plan.held.get("2")?.answer).toEqual(choice("kept"));
  });

  it("keeps and names work that another machine has overtaken", () => {
    const plan = reconcile([line("1", 1, 3, "mine")], [standing("1", 2, 1, "theirs")], 3);
    expect(plan.replayed).toEqual([]);
    expect(plan.superseded).toEqual([line("1", 1, 3, "mine", { set_aside: "superseded" })]);
    expect(plan.held.get("1")?.answer).toEqual(choice("theirs"));
  });

  it("shows and sends what was written later than what the office has taken over", () => {
    const plan = reconcile([line("1", 3, 1, "later")], [standing("1", 4, 1, "older", [1, 7])], 5);
    expect(plan.replayed.map(({ epoch, seq, answer }) => [epoch, seq, answer])).toEqual([[5, 1, choice("later")]]);
    expect([plan.superseded, plan.held.get("1")?.answer]).toEqual([[], choice("later")]);
  });

  it("sends a clearing again as faithfully as an answer", () => {
    const plan = reconcile([{ ...line("1", 1, 2, "x"), answer: null }], [standing("1", 1, 1, "a")], 2);
    expect(plan.replayed[0]?.answer).toBeNull();
    expect(plan.held.get("1")).toEqual({ answer: null, flagged: false });
  });

  it("an earlier epoch's unsent line of another tab stands aside for the newer one", () => {
    const plan = reconcile([line("1", 1, 3, "tab A"), line("1", 2, 1, "tab B")], [], 3);
    expect(plan.replayed.map((entry) => entry.answer)).toEqual([choice("tab B")]);
    expect(plan.superseded.map((entry) => entry.answer)).toEqual([choice("tab A")]);
  });

  it("does not send again, nor count again, what was set aside before", () => {
    const aside = line("1", 1, 1, "x", { set_aside: "superseded" });
    const plan = reconcile([aside, line("2", 1, 2, "y", { set_aside: "refused" })], [], 2);
    expect(plan.replayed).toEqual([]);
    expect(plan.superseded).toEqual([]);
  });

  it("confirms a line whose receipt never arrived, when the server has it or a later one of its epoch", () => {
    const local = [line("1", 1, 1, "a"), line("2", 1, 2, "b"), line("3", 1, 3, "c", { acknowledged: true })];
    const plan = reconcile(local, [standing("1", 1, 1, "a"), standing("2", 1, 4, "x"), standing("3", 1, 3, "c")], 2);
    expect(plan.confirmed).toEqual([{ ...local[0], acknowledged: true }, { ...local[1], acknowledged: true }]);
    expect([plan.replayed, plan.replaced, plan.superseded]).toEqual([[], [], []]);
  });

  it("does not count a line as stored that the server has from elsewhere only, and needs it no more", () => {
    const local = [line("1", 3, 5, "a"), line("2", 3, 6, "b")];
    const plan = reconcile(local, [standing("1", 4, 1, "a"), standing("2", 4, 2, "b", [3, 6])], 5);
    expect([plan.confirmed, plan.replaced]).toEqual([[], local]);
  });

  it("is settled by what it sent: the next claim has nothing to send", () => {
    const first = reconcile([line("1", 1, 1, "a"), line("2", 1, 2, "b")], [], 2);
    const second = reconcile(
      first.replayed,
      first.replayed.map((entry) => ({ ...entry, written_epoch: entry.epoch, written_seq: entry.seq })),
      3,
    );
    expect(second.replayed).toEqual([]);
    expect(second.superseded).toEqual([]);
  });
});

describe("whatever is in the journal and on the server", () => {
  const refs = ["1", "2", "3", "4"];

  function anyWorld(seed: number): { local: Entry[]; server: ServerAnswer[] } {
    const random = seeded(seed);
    const pick = (most: number) => Math.floor(random() * most);
    const local: Entry[] = [];
    for (let epoch = 1; epoch <= 3; epoch++) {
      for (let seq = 1; seq <= pick(6); seq++) {
        local.push(line(refs[pick(4)]!, epoch, seq, String(pick(9)), { acknowledged: random() < 0.4 }));
      }
    }
    const answered = refs.filter(() => random() < 0.7);
    return { local, server: answered.map((ref) => standing(ref, 1 + pick(3), 1 + pick(6), String(pick(9)))) };
  }

  it("each unconfirmed line is shown, overtaken by an own newer one, on the server, or set aside", () => {
    for (let seed = 1; seed <= 400; seed++) {
      const { local, server } = anyWorld(seed);
      const plan = reconcile(local, server, 4);
      for (const entry of local.filter((each) => !each.acknowledged)) {
        const isAside = plan.superseded.some((each) => each.epoch === entry.epoch && each.seq === entry.seq);
        const isReplayed = plan.replayed.some((each) => each.item_ref === entry.item_ref);
        const isThere = server.some((each) => each.item_ref === entry.item_ref && each.epoch >= entry.epoch);
        const hasNewer = local.some(
          (each) => each.item_ref === entry.item_ref && (each.epoch > entry.epoch || each.seq > entry.seq),
        );
        expect(isAside || isReplayed || isThere || hasNewer, `seed ${seed}`).toBe(true);
      }
    }
  });

  it("numbers without a gap, one line a question, and never over a later epoch's answer", () => {
    for (let seed = 1; seed <= 400; seed++) {
      const { local, server } = anyWorld(seed);
      const { replayed } = reconcile(local, server, 4);
      expect(replayed.map((entry) => entry.seq)).toEqual(replayed.map((_, index) => index + 1));
      expect(new Set(replayed.map((entry) => entry.item_ref)).size).toBe(replayed.length);
      for (const entry of replayed) {
        const origins = local.filter((each) => each.item_ref === entry.item_ref).map((each) => each.epoch);
        const there = server.find((each) => each.item_ref === entry.item_ref);
        expect(there?.epoch ?? 0, `seed ${seed}`).toBeLessThanOrEqual(Math.max(...origins));
      }
    }
  });
});
