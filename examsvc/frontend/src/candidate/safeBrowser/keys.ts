/**
 * What Safe Exam Browser shows a page: hashes of the page's address with the browser's keys.
 *
 * A modern WebView sends no headers, so the page asks the script interface. It is not always there when the page begins
 * to run, and its first version fills the hashes in only after `updateKeys` was called.
 */

export interface Security {
  updateKeys?: (done: () => void) => void;
  configKey?: string;
  browserExamKey?: string;
}

/** A window as far as it matters here. */
export interface Page {
  readonly SafeExamBrowser?: { security?: Security; version?: string } | null;
  readonly navigator: { readonly userAgent: string };
}

/** What the browser showed; nothing where it is another one, or its settings show no keys. */
export interface Shown {
  config_key: string | null;
  browser_exam_key: string | null;
  version: string;
}

const TRY_MS = 50;
const MOST_TRIES = 60;
const HASH = /^[0-9a-f]{64}$/i;

/** Whether the page is in a Safe Exam Browser, as it says itself: to be kind, not to be sure. */
export function isSafeBrowser(page: Page): boolean {
  return Boolean(page.SafeExamBrowser) || /\bSEB\//.test(page.navigator.userAgent);
}

/** Read the hashes of the page that was loaded; `wait` lets that many milliseconds pass. */
export async function readKeys(page: Page, wait: (ms: number) => Promise<void> = pause): Promise<Shown> {
  let isAsked = false;
  let isTold = false;
  for (let tries = 0; tries < MOST_TRIES && !(isTold && isShown(page)); tries += 1) {
    const security = page.SafeExamBrowser?.security;
    if (security && !isAsked) {
      isAsked = true;
      isTold = !security.updateKeys;
      security.updateKeys?.(() => (isTold = true));
    }
    if (!(isTold && isShown(page))) await wait(TRY_MS);
  }
  const { security, version } = page.SafeExamBrowser ?? {};
  return { config_key: hash(security?.configKey), browser_exam_key: hash(security?.browserExamKey), version: version ?? "" };
}

function isShown(page: Page): boolean {
  const security = page.SafeExamBrowser?.security;
  return hash(security?.configKey) !== null || hash(security?.browserExamKey) !== null;
}

function hash(text: string | undefined): string | null {
  return text !== undefined && HASH.test(text) ? text : null;
}

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

/** The path that ends Safe Exam Browser when it goes there: its settings name it. */
export const leavingPath = (examSessionId: string): string => `/candidate/leave/${examSessionId}`;

/** The address that starts Safe Exam Browser with an exam session's settings, and the one to keep them from. */
export function settingsLinks(origin: string, examSessionId: string): { open: string; file: string } {
  const file = `${origin}/api/safe-browser/${examSessionId}.seb`;
  return { open: file.replace(/^http/, "seb"), file };
}
