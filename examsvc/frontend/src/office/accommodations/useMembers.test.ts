import { describe, expect, it } from "vitest";

import { useMembers } from "./useMembers";

/** A server that answers when told; `asked` are the members it was sent, by group. */
function server() {
  const asked: [string, string[]][] = [];
  const answers: ((isDone: boolean) => void)[] = [];
  const send = (groupId: string, members: string[]): Promise<boolean> => {
    asked.push([groupId, members]);
    return new Promise((resolve) => answers.push(resolve));
  };
  const answer = async (isDone = true): Promise<void> => {
    answers.shift()!(isDone);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { asked, answer, ...useMembers(send) };
}

describe("members of a group", () => {
  it("chosen while others are being stored are sent behind them, the last choice only", async () => {
    const { asked, answer, of, want } = server();
    void want("g", ["a"]);
    void want("g", ["a", "b"]);
    void want("g", ["a", "b", "c"]);
    expect(of({ id: "g", members: [] })).toEqual(["a", "b", "c"]);
    await answer();
    await answer();
    expect(asked).toEqual([
      ["g", ["a"]],
      ["g", ["a", "b", "c"]],
    ]);
    expect(of({ id: "g", members: ["stored"] })).toEqual(["stored"]);
  });

  it("of two groups are sent one after another", async () => {
    const { asked, answer, want } = server();
    void want("g", ["a"]);
    void want("h", ["b"]);
    expect(asked).toHaveLength(1);
    await answer();
    await answer();
    expect(asked.map(([group]) => group)).toEqual(["g", "h"]);
  });

  it("that are refused are shown as they are stored", async () => {
    const { answer, of, want } = server();
    void want("g", ["a"]);
    await answer(false);
    expect(of({ id: "g", members: [] })).toEqual([]);
  });
});
