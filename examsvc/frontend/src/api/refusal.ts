/** Texts by field path, as the server reports input of the wrong form. */
export type FieldErrors = Record<string, string[]>;

/**
 * What every failed call throws. `code` is stable and translated (`refusals.<code>`); `detail` is the server's English.
 * `status` is 0 when no answer came.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly code: string,
    readonly detail: string,
    readonly status = 0,
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${detail}`);
  }

  get errors(): FieldErrors {
    return (this.extra.errors as FieldErrors | undefined) ?? {};
  }

  /** Whether the same call may succeed later without anybody changing anything. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const UNAVAILABLE = new Set([502, 503, 504]);

/** Read a non-2xx answer; a proxy's page instead of our JSON still becomes a Refusal. */
export async function refusalFrom(answer: Response): Promise<Refusal> {
  const body: unknown = await answer.json().catch(() => null);
  if (isRefusalBody(body)) {
    const { code, detail, ...extra } = body;
    return new Refusal(code, detail, answer.status, extra);
  }
  const code = UNAVAILABLE.has(answer.status) ? "server_unavailable" : "bad_answer";
  return new Refusal(code, answer.statusText, answer.status);
}

/** Turn what `fetch` or reading a body threw into a Refusal; an abort by the caller stays an AbortError. */
export function refusalOf(thrown: unknown): unknown {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof TypeError) return new Refusal("offline", thrown.message);
  if (thrown instanceof SyntaxError) return new Refusal("bad_answer", thrown.message);
  if (thrown instanceof DOMException && thrown.name === "TimeoutError") return new Refusal("timeout", thrown.message);
  return thrown;
}

function isRefusalBody(body: unknown): body is { code: string; detail: string } {
  return typeof body === "object" && body !== null && "code" in body && typeof body.code === "string" && "detail" in body;
}
