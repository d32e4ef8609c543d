// The web channel's requests, one method each. No cookies: who asks is told by a token in a header.
import { strings } from "./strings";
import { visible } from "./text";
import type { Entry, Greeting, Passage, Piece, Verdict } from "./types";

const TIMEOUT_MS = 12_000; // the server answers within five seconds, whatever happens

/** The server understood the request and would not do it; the message is a sentence for a person. */
export class Refused extends Error {
  constructor(readonly status: number, sentence: string, readonly waitMs: number) {
    super(sentence);
  }
}

/** Nobody answered, or something else than the web channel did. */
export class Unreachable extends Error {}

export class Api {
  private told = false;

  /** `base`: the channel's address, ending with a slash. */
  constructor(readonly base: string) {}

  async session(): Promise<string> {
    return (await this.call<{ token: string }>("session", null, {})).token;
  }

  greeting(): Promise<Greeting> {
    return this.call("greeting", null);
  }

  history(token: string): Promise<{ entries: Entry[]; token: string | null }> {
    return this.call("history", token);
  }

  message(token: string, nonce: string, message: string): Promise<{ entries: Entry[] }> {
    return this.call("message", token, { nonce, message });
  }

  restart(token: string): Promise<{ entries: Entry[] }> {
    return this.call("restart", token, {});
  }

  feedback(token: string, answer: string, verdict: Verdict, words: string | null): Promise<unknown> {
    return this.call("feedback", token, { answer, verdict, words });
  }

  passage(token: string, id: string, start: number, end: number): Promise<Passage> {
    return this.call(`document/${encodeURIComponent(id)}?start=${start}&end=${end}`, token);
  }

  piece(token: string, id: string, from: number, to: number): Promise<Piece> {
    return this.call(`document/${encodeURIComponent(id)}?from=${from}&to=${to}`, token);
  }

  protected async call<T>(path: string, token: string | null, body?: object): Promise<T> {
    const headers: Record<string, string> = {};
    if (token) headers["Authorization"] = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    const request: RequestInit = { headers, method: body ? "POST" : "GET", credentials: "omit", cache: "no-store" };
    if (body) request.body = JSON.stringify(body);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(this.base + path, { ...request, signal: stop.signal });
      const value = JSON.parse(await response.text(), (_, one) => (typeof one === "string" ? visible(one) : one));
      if (response.ok) return value as T;
      if (typeof value.error !== "string") throw new Unreachable();
      throw new Refused(response.status, value.error, 1000 * Number(response.headers.get("Retry-After") ?? 0));
    } catch (error) {
      const why = error instanceof Refused ? error : await this.why(path);
      if (why instanceof Refused && why.status === 403) this.tellOwner(why.message);
      throw why;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Why a request failed. Where a browser asks beforehand it hides a refusal; for the greeting it need not ask. */
  private async why(path: string): Promise<Error> {
    if (path === "greeting" || new URL(this.base, location.href).origin === location.origin) return new Unreachable();
    const refused = await this.greeting().then(() => null, (error: Error) => error);
    return refused instanceof Refused && refused.status === 403 ? refused : new Unreachable();
  }

  private tellOwner(sentence: string): void {
    if (!this.told) console.error(strings.forOwner(sentence, location.origin));
    this.told = true;
  }
}
