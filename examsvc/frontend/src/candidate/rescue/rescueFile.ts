/** The rescue file of a sitting: what its page has written, sealed for the office, offered to the browser to keep. */

import type { Journal } from "@/journal/journal";

import type { SittingView } from "../types";
import { neededLines } from "./needed";
import { saveFile } from "./saveFile";
import { sealed } from "./sealing";

/** Write down what is being typed, then offer the file. */
export async function saveRescueFile(view: SittingView, journal: Journal, now: Date): Promise<void> {
  journal.flush();
  const { sitting_id, ticket_number, exam_session, rescue_key } = view;
  const all = await journal.lines.all();
  const { receipt, handInAt: hand_in_at } = journal.marks; // after the lines: it proves what they say is confirmed
  const lines = neededLines(all, receipt);
  const header = { sitting_id, ticket_number, exam_session_code: exam_session.code, receipt };
  const made = { epoch: journal.epoch, made_at: now.toISOString() };
  const text = await sealed({ ...header, ...made }, { lines, hand_in_at }, rescue_key);
  saveFile(`examsvc-rescue-${ticket_number}.json`, text, "application/json");
}
