import { vi } from "vitest";

/** What a stand-in server answers to "METHOD /path"; a function may look at the request, an Error is a broken network. */
export type Answers = Record<string, Response | Error | ((request: Request) => Response)>;

export const ME = { account_id: "a-1", name: "张伟", roles: ["EXAMINER"], csrf_token: "token-1" };

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

export function refused(code: string, status: number, extra: object = {}): Response {
  return json({ code, detail: "said in English", ...extra }, status);
}

/** Answer every fetch from `answers`, which a test may change as it goes; returns the requests seen. */
export function serve(answers: Answers): Request[] {
  const seen: Request[] = [];
  vi.stubGlobal("BroadcastChannel", undefined); // tests are tabs of one browser, but strangers to one another
  vi.stubGlobal("fetch", (input: Request | string) => {
    const request = typeof input === "string" ? new Request(new URL(input, "http://localhost")) : input;
    seen.push(request);
    const answer = answers[`${request.method} ${new URL(request.url).pathname}`] ?? refused("not_found", 404);
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(typeof answer === "function" ? answer(request) : answer.clone());
  });
  return seen;
}
