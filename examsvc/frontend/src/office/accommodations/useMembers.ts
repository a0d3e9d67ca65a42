/** The members of groups as somebody wants them: shown at once, sent one after another, and what was wanted last stands. */

import { shallowReactive } from "vue";

interface Group {
  id: string;
  members: string[];
}

/** `send` says whether it went well; a refusal brings back what is so. */
export function useMembers(send: (groupId: string, members: string[]) => Promise<boolean>) {
  const wanted = shallowReactive(new Map<string, string[]>());
  let isSending = false;

  const of = ({ id, members }: Group): string[] => wanted.get(id) ?? members;

  async function want(groupId: string, members: string[]): Promise<void> {
    wanted.set(groupId, members);
    if (isSending) return;
    isSending = true;
    for (let [next] = wanted; next; [next] = wanted) await sent(...next);
    isSending = false;
  }

  async function sent(groupId: string, members: string[]): Promise<void> {
    const isDone = await send(groupId, members);
    if (!isDone || wanted.get(groupId) === members) wanted.delete(groupId);
  }

  return { of, want };
}
