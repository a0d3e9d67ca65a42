/** What ties a sitting to its proctors: commands in, events and camera frames out. The exam goes on without it. */

import { onScopeDispose, reactive, ref, shallowRef, watch } from "vue";

import { Camera, type CameraState } from "@/camera/Camera";
import { Ticker } from "@/camera/ticker";
import { FrameUplink } from "@/camera/uplink";
import { serverClock } from "@/time/serverClock";

import { type Command, CommandInbox, keptInSession } from "./link/commands";
import { EventReporter, noticeChanges } from "./link/events";
import { ProctorLink } from "./link/ProctorLink";
import { type Changed, changedBy, standingBy } from "./link/standing";
import type { Exam } from "./useExam";
import type { Sitting } from "./useSitting";

export type Proctoring = ReturnType<typeof useProctoring>;

const MOST_SPREAD_MS = 2_000;
const SOON_MS = 1_000;
const NEWS_MS = 120_000;
/** Commands come over the line; about every quarter of an hour the page asks for what may have been lost. */
const ROUNDS_WHILE_TOLD = 40;
const NEWS: ReadonlySet<Command["kind"]> = new Set(["ALLOW_HAND_IN", "EXPECT_AGAIN", "LET_BEGIN", "TAKE_ANSWERS"]);
const MORE_TIME: ReadonlySet<Command["kind"]> = new Set(["EXTEND", "CREDIT"]);

export function useProctoring(sitting: Sitting, exam: Exam) {
  const messages = reactive<Command[]>([]);
  const extension = shallowRef<Command | null>(null);
  /** What an accommodation changed that was decided meanwhile. */
  const accommodated = shallowRef<Changed[] | null>(null);
  const news = shallowRef<Command | null>(null);
  const pauseText = ref("");
  const endText = ref("");
  const camera = ref<CameraState>("off");
  const stream = shallowRef<MediaStream | null>(null);
  const now = (): Date => new Date(serverClock.now() ?? performance.timeOrigin + performance.now());

  const inbox = new CommandInbox(take, keptInSession(sitting.id));
  let link: ProctorLink | null = null;
  let isWatching = false;
  let stopNoticing = (): void => undefined;

  const events = new EventReporter((batch) => link?.tell(batch) ?? Promise.reject(new Error("no line yet")), now);
  const device = new Camera((state) => {
    noteCamera(camera.value, state);
    [camera.value, stream.value] = [state, device.stream];
  });
  const ticker = new Ticker(() => void uplink.tick());
  const road = { send: (...frame: Parameters<ProctorLink["send"]>) => link!.send(...frame) };
  const uplink = new FrameUplink(() => device.grab(), road, now, ticker);

  function take(command: Command): void {
    if (command.kind === "MESSAGE") messages.push(command);
    if (MORE_TIME.has(command.kind) && isNew(command)) extension.value = command;
    if (NEWS.has(command.kind) && isNew(command)) news.value = command;
    if (command.kind === "ACCOMMODATE" && isNew(command)) accommodated.value = changesBy(command);
    if (command.kind === "MOVE_START") messages.push(command);
    if (command.kind === "PAUSE") pauseText.value = command.text;
    if (command.kind === "TERMINATE") endText.value = command.text;
    follow(command);
    // Everybody in the room gets the same command in the same moment: not all ask the server at once.
    if (command.kind !== "MESSAGE") setTimeout(() => void sitting.refresh(), Math.random() * MOST_SPREAD_MS);
  }

  /** Another machine's page may fetch what was ordered long ago: then it is no news. */
  function isNew({ at, server_now }: Command): boolean {
    return Date.parse(server_now) - Date.parse(at) < NEWS_MS;
  }

  /** What a command says of the sitting counts at once; the server is asked all the same. */
  function follow(command: Command): void {
    const known = sitting.view.value;
    const standing = known && standingBy(command, known, now().getTime());
    if (standing) sitting.amend(standing);
  }

  function changesBy(command: Command): Changed[] {
    return sitting.view.value ? changedBy(command, sitting.view.value) : [];
  }

  function noteCamera(before: CameraState, after: CameraState): void {
    if (before === "on" && after === "lost") events.report("CAMERA_LOST");
    if (before === "lost" && after === "on") events.report("CAMERA_BACK");
  }

  /** Hear what is ordered: whoever was marked absent waits for it to be taken back. */
  function listen(): void {
    if (link) return;
    link = new ProctorLink(
      sitting.id,
      (command) => inbox.receive(command),
      () => void events.flush(),
      () => void sitting.refresh(),
      (start) => void exam.begin(start),
    );
    sitting.onPoll(poll);
    sitting.askSeldomWhile(() => link?.isConnected ?? false);
  }

  /** Watch as well: from the waiting room on, until the sitting is over. */
  function begin(): void {
    if (isWatching) return;
    isWatching = true;
    listen();
    stopNoticing = noticeChanges((kind) => events.report(kind));
    if (sitting.view.value?.exam_session.camera_rule !== "OFF") {
      void device.start();
      ticker.after(SOON_MS);
    }
  }

  let polls = 0;
  function poll(): void {
    polls += 1;
    if (link && (!link.isConnected || polls % ROUNDS_WHILE_TOLD === 0)) void link.fetchCommands();
    void events.flush();
  }

  function end(): void {
    stopNoticing();
    device.stop();
    ticker.stop();
    link?.close();
  }

  watch(sitting.view, (view) => {
    if (view?.steps.system_checked_at && !sitting.isOver.value) begin();
    if (view?.state === "ABSENT") listen();
  });
  watch(sitting.isMoved, (isMoved) => isMoved && end());
  watch(sitting.isOver, (isOver) => {
    if (!isOver) return;
    isWatching = false; // until it is opened again
    void events.flush().then(stopNoticing);
    device.stop();
  });
  watch(exam.paper, (paper) => {
    if (paper && camera.value === "off" && link && sitting.view.value?.exam_session.camera_rule !== "OFF")
      void device.start();
  });
  onScopeDispose(end);

  const dismissMessage = (): void => void messages.shift();

  /** Whether the line stands, over which a common start is told. */
  const hears = (): boolean => link?.isConnected ?? false;

  return { hears, messages, dismissMessage, extension, news, accommodated, pauseText, endText, camera, stream };
}
