import { onScopeDispose, reactive } from "vue";

import { api, take } from "@/api/client";

import type { CommandView, OrderKind } from "../types";

const ASK_MS = 3_000;
const ASK_FOR_MS = 10 * 60_000;
const KEPT = 8;

export interface Order {
  id: string;
  kind: OrderKind;
  sitting_id: string | null;
  session_room_id: string | null;
  text: string;
  seconds: number;
}

/** An order given from this page, whom it is for in words, and how far it has got. */
export interface Given {
  view: CommandView;
  whom: string;
  givenAt: number;
}

/** Whether an order has come to everybody it is for, and every page it reached has shown it. */
export function isDone({ view }: Given): boolean {
  return view.waiting === 0 && view.shown >= view.reached;
}

/** Gives orders and follows them until every page has shown them. */
export function useCommands(examSessionId: string) {
  const given = reactive<Given[]>([]);
  const path = { exam_session_id: examSessionId };

  /** Give an order; sent again with the same id it changes nothing. Throws a Refusal. */
  async function give(order: Order, whom: string): Promise<CommandView> {
    const view = await take(api.POST("/api/wall/{exam_session_id}/commands", { params: { path }, body: order }));
    given.unshift({ view, whom, givenAt: performance.now() });
    given.splice(KEPT);
    return view;
  }

  async function follow(): Promise<void> {
    const open = given.filter((each) => !isDone(each) && performance.now() - each.givenAt < ASK_FOR_MS);
    for (const each of open) {
      try {
        const params = { path: { ...path, command_id: each.view.id } };
        each.view = await take(api.GET("/api/wall/{exam_session_id}/commands/{command_id}", { params }));
      } catch {
        return; // Asked again with the next round.
      }
    }
  }

  const timer = setInterval(() => void follow(), ASK_MS);
  onScopeDispose(() => clearInterval(timer));
  return { given, give };
}
