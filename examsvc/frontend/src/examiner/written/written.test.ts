import { describe, expect, it } from "vitest";

import { Refusal } from "@/api/refusal";

import type { Answer, MarkSent } from "./api";
import { MarkQueue } from "./markQueue";
import { buttonValues, nextUnmarked, typedValue } from "./values";

const OFFLINE = new Refusal("offline", "no network");
const REFUSED = new Refusal("written_marking_closed", "closed", 409);
const mark = (value: number | null) => ({ value, note: "", answer_digest: "d" });

function queueThat(answers: (Refusal | "kept")[]) {
  const sent: [string, MarkSent][] = [];
  const received: Answer[] = [];
  let ids = 0;
  const queue = new MarkQueue({
    send: async (id, event) => {
      sent.push([id, event]);
      const answer = answers.shift() ?? "kept";
      if (answer !== "kept") throw answer;
      return { answer_id: id, value: event.value } as Answer;
    },
    received: (answer) => received.push(answer),
    changed: () => undefined,
    newId: () => `event-${++ids}`,
  });
  return { queue, sent, received };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("marks on their way", () => {
  it("are sent again under the same event id until the server has kept them", async () => {
    const { queue, sent, received } = queueThat([OFFLINE, OFFLINE, "kept"]);
    queue.put("a", mark(500));
    await settled();
    expect(queue.of("a")?.failure).toBe(OFFLINE);
    await queue.flush();
    await queue.flush();
    expect(sent.map(([, event]) => event.event_id)).toEqual(["event-1", "event-1", "event-1"]);
    expect([queue.size, received.length]).toEqual([0, 1]);
  });

  it("give way to a later mark of the same answer", async () => {
    const { queue, sent } = queueThat([OFFLINE]);
    queue.put("a", mark(500));
    await settled();
    queue.put("a", mark(600));
    await settled();
    expect(sent.map(([, event]) => event.value)).toEqual([500, 600]);
    expect(queue.size).toBe(0);
  });

  it("stay unsaved and hold up no others when the server refuses them for good", async () => {
    const { queue, received } = queueThat([REFUSED]);
    queue.put("a", mark(500));
    queue.put("b", mark(600));
    await settled();
    expect(queue.of("a")?.failure).toBe(REFUSED);
    expect(received.map((answer) => answer.answer_id)).toEqual(["b"]);
    queue.drop("a");
    expect(queue.size).toBe(0);
  });

  it("are not taken for kept when another was given while they were under way", async () => {
    const { queue, received, sent } = queueThat([]);
    queue.put("a", mark(500));
    queue.put("a", mark(700));
    await settled();
    expect(sent.map(([, event]) => event.value)).toEqual([500, 700]);
    expect(received.map((answer) => answer.value)).toEqual([700]);
  });
});

describe("values", () => {
  it("are all shown where they are few, and by a wider step that ends in the most where they are many", () => {
    expect(buttonValues(200, 50)).toEqual([0, 50, 100, 150, 200]);
    expect(buttonValues(334, 50)).toEqual([0, 50, 100, 150, 200, 250, 300, 334]);
    const many = buttonValues(2000, 50);
    expect([many.length, many[1], many.at(-1)]).toEqual([21, 100, 2000]);
  });

  it.each([
    ["4.5", 450], ["4。5", 450], [" 5 ", 500], ["3.34", null], ["5.5", null], ["4.2", null], ["", null], ["-1", null], ["1e1", null], ["0", 0],
  ])("typed as %j are %j", (typed, value) => {
    expect(typedValue(typed, 500, 50)).toBe(value);
  });

  it("may be the whole of what is worth no whole step", () => {
    expect(typedValue("3.34", 334, 50)).toBe(334);
  });
});

describe("the next unmarked answer", () => {
  const lines = [{ answer_id: "a", value: null }, { answer_id: "b", value: 0 }, { answer_id: "c", value: null }];

  it("is after the current one, then from the top again", () => {
    expect(nextUnmarked(lines, "a")?.answer_id).toBe("c");
    expect(nextUnmarked(lines, "c")?.answer_id).toBe("a");
    expect(nextUnmarked(lines, null)?.answer_id).toBe("a");
  });

  it("is none when only the current one is left", () => {
    expect(nextUnmarked(lines.slice(0, 2), "a")).toBeNull();
  });
});
