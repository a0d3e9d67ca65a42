/** The examiner's desk: the outbox, and the lists and sheets that were seen, kept for when the network is away. */

import { computed, inject, type InjectionKey, onScopeDispose, provide, reactive, ref, shallowRef, watch } from "vue";

import { session } from "@/api/session";

import * as server from "./api";
import { type Change, type Marks, overlay } from "./outbox/events";
import { openStore } from "./outbox/indexedStore";
import { Outbox, type OutboxStatus } from "./outbox/outbox";
import type { ExamSessionLine, MarkReceipt, Sheet, SheetLine, SheetList, Signature } from "./types";

export type Desk = ReturnType<typeof createDesk>;

const KEY: InjectionKey<Desk> = Symbol("desk");
const QUIET: OutboxStatus = {
  unsent: 0, isReachable: true, needsLogin: false, isDurable: true, waitsFor: null, refused: new Map(), ofOthers: 0,
};

/** The desk of the page, set up by DeskFrame. */
export function useDesk(): Desk {
  const desk = inject(KEY);
  if (!desk) throw new Error("no desk");
  return desk;
}

/** Set up the desk of one examiner for everything inside the calling component. */
export function provideDesk(accountId: string): Desk {
  const desk = createDesk(accountId);
  provide(KEY, desk);
  return desk;
}

function createDesk(accountId: string) {
  const examSessions = shallowRef<ExamSessionLine[] | null>(null);
  const lists = reactive(new Map<string, SheetList>());
  const sheets = reactive(new Map<string, Sheet>());
  const status = shallowRef(QUIET);
  const changes = ref(0);
  const isOnline = ref(navigator.onLine);
  const opened = openStore().then(open);
  let outbox: Outbox | null = null;

  const isCutOff = computed(() => !isOnline.value || !status.value.isReachable);

  async function open(store: Awaited<ReturnType<typeof openStore>>): Promise<Outbox> {
    outbox = new Outbox(accountId, store, {
      now: () => new Date(performance.timeOrigin + performance.now()),
      send: server.sendMarks,
      received,
      changed,
    });
    await outbox.open();
    return outbox;
  }

  function changed(): void {
    if (outbox) status.value = outbox.status;
    changes.value += 1;
  }

  function received(sheetId: string, receipt: MarkReceipt): void {
    const known = sheets.get(sheetId);
    if (!known) return;
    const { marks, total, digest } = receipt;
    putSheet({ ...known, marks, total, digest, marked: marks.length, vetoed: isVetoed(known, marks) });
  }

  async function loadExamSessions(): Promise<void> {
    examSessions.value = await server.examSessions();
  }

  /** Fetch an exam session's list, then every sheet of it, so that marking goes on without a network. */
  async function loadList(id: string): Promise<void> {
    const list = await server.sheetList(id);
    lists.set(id, list);
    void fetchAhead(list.items.map((line) => line.sheet_id));
  }

  async function fetchAhead(ids: readonly string[]): Promise<void> {
    try {
      for (const id of ids) if (!sheets.has(id)) putSheet(await server.sheet(id));
    } catch {
      // Fetched when it is asked for.
    }
  }

  async function loadSheet(id: string): Promise<Sheet> {
    const found = await server.sheet(id);
    putSheet(found);
    return found;
  }

  function putSheet(sheet: Sheet): void {
    sheets.set(sheet.sheet_id, sheet);
    const list = lists.get(sheet.exam_session.id);
    const { sheet_id, state, marked, criteria, total } = sheet;
    const change = (line: SheetLine): SheetLine =>
      line.sheet_id === sheet_id ? { ...line, state, marked, criteria: criteria.length, total } : line;
    if (list) lists.set(sheet.exam_session.id, { ...list, items: list.items.map(change) });
    if (state === "SIGNED") void opened.then((box) => (unsentOf(sheet_id) === 0 ? box.forget(sheet_id) : undefined));
  }

  /** The marks of a sheet as they stand here, confirmed or not. */
  function marksOf(sheet: Sheet): Marks {
    void changes.value;
    return overlay(sheet.marks, outbox?.waiting(sheet.sheet_id) ?? []);
  }

  function unsentOf(sheetId: string): number {
    void changes.value;
    return outbox?.waiting(sheetId).length ?? 0;
  }

  /** A line of a list with what is not confirmed yet counted in. */
  function lineNow(line: SheetLine): SheetLine {
    const known = sheets.get(line.sheet_id);
    return known ? { ...line, marked: marksOf(known).size } : line;
  }

  async function mark(sheetId: string, change: Change): Promise<void> {
    (await opened).record(sheetId, change);
  }

  /** Send what waits, then fetch the sheet as the server has it. */
  async function settle(sheetId: string): Promise<Sheet> {
    await (await opened).flush();
    return loadSheet(sheetId);
  }

  async function sign(sheetId: string, signature: Signature, digest: string): Promise<void> {
    putSheet(await server.sign(sheetId, signature, digest));
  }

  async function discard(sheetId: string): Promise<void> {
    await (await opened).discard(sheetId);
    await loadSheet(sheetId);
  }

  const wake = (): void => void opened.then((box) => box.wake());
  const online = (): void => {
    isOnline.value = navigator.onLine;
    if (isOnline.value) wake();
  };
  const shown = (): void => {
    if (document.visibilityState === "visible") wake();
  };
  const warnWhenUnsent = (event: BeforeUnloadEvent): void => {
    if (status.value.unsent > 0) event.preventDefault();
  };
  watch(() => session.status, (now) => now === "in" && wake());
  addEventListener("online", online);
  addEventListener("offline", online);
  addEventListener("beforeunload", warnWhenUnsent);
  document.addEventListener("visibilitychange", shown);
  onScopeDispose(() => {
    removeEventListener("online", online);
    removeEventListener("offline", online);
    removeEventListener("beforeunload", warnWhenUnsent);
    document.removeEventListener("visibilitychange", shown);
    void opened.then((box) => box.stop());
  });

  return {
    examSessions, lists, sheets, status, isCutOff, loadExamSessions, loadList, loadSheet, marksOf, unsentOf, lineNow, mark,
    settle, sign, discard, wake,
  };
}

function isVetoed(sheet: Sheet, marks: Sheet["marks"]): boolean {
  const vetoes = sheet.criteria.filter((each) => each.kind === "VETO").map((each) => each.number);
  return marks.some((mark) => vetoes.includes(mark.criterion) && mark.value > 0);
}
