/** The pictures and recordings of a paper: fetched ahead, so that a question can be seen and heard without a network. */

import { onScopeDispose } from "vue";

import { playsOf } from "@/question/media/plays";
import { fetchWhole, type MediaSource } from "@/question/media/source";
import { digestsOf, needsFormulas } from "@/question/rules/contents";
import { loadFormulas } from "@/question/text/formulas";

import type { Exam } from "./useExam";

export function useMedia(sittingId: string, exam: Exam, isHeld: () => boolean): MediaSource {
  const fetched = new Map<string, string>();
  const fetching = new Map<string, Promise<string>>();
  const addressOf = (digest: string): string => `/api/sittings/${sittingId}/media/${digest}`;

  async function fetchOne(digest: string): Promise<string> {
    try {
      const url = await fetchWhole(addressOf(digest));
      fetched.set(digest, url);
      return url;
    } catch (thrown) {
      fetching.delete(digest);
      throw thrown;
    }
  }

  async function load(digest: string): Promise<string> {
    const opened = exam.files.get(digest);
    if (opened) return opened;
    const known = fetching.get(digest) ?? fetchOne(digest);
    fetching.set(digest, known);
    return known;
  }

  /** One after another: a room full of candidates opens the paper in the same second. */
  async function fetchAhead(): Promise<void> {
    const questions = exam.questions.value;
    if (questions.some(needsFormulas)) await loadFormulas().catch(() => undefined);
    for (const digest of digestsOf(questions)) await load(digest).catch(() => undefined);
  }

  void fetchAhead();
  onScopeDispose(() => fetched.forEach((url) => URL.revokeObjectURL(url)));
  return { urlOf: (digest) => exam.files.get(digest) ?? fetched.get(digest) ?? addressOf(digest), load, plays: playsOf(sittingId), isHeld };
}
