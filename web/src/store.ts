// The state of one conversation, and all that changes it. Knows nothing of how it is shown.
import { type Api, Refused, Unreachable } from "./api";
import { Session } from "./session";
import { strings } from "./strings";
import type { Asked, Entry, Greeting, Passage, Piece, Replied, Verdict } from "./types";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;
const STALE_MS = 20_000;
const OTHERS_MS = 7000; // after which a question that another tab asked is looked after here

type News = { kind: "changed" } | { kind: "asked"; question: Asked };

export interface State {
  ready: boolean;
  greeting: Greeting | null;
  entries: Entry[];
  /** The question that waits for its answer. */
  pending: Asked | null;
  /** Questions that were asked meanwhile, and wait for their turn. */
  waiting: Asked[];
  online: boolean;
  /** A sentence on something that was refused. */
  notice: string | null;
  /** Why the bot does not talk to this page at all. */
  barred: string | null;
}

/** Tells `change` after each change, and `answer` with each answer that this tab asked for. */
export class Conversation extends EventTarget {
  readonly state: State = {
    ready: false, greeting: null, entries: [], pending: null, waiting: [], online: true, notice: null, barred: null,
  };
  private readonly session: Session;
  private readonly tabs: BroadcastChannel | null;
  private era = 0; // grows with each start over: what was under way before counts no more
  private delivering: string | null = null;
  private fresh = 0;
  private wake: () => void = () => undefined;
  private readonly ends = new AbortController();

  constructor(private readonly api: Api) {
    super();
    this.session = new Session(api);
    this.tabs = "BroadcastChannel" in window ? new BroadcastChannel(`rahdari ${api.base}`) : null;
  }

  /** Show what there is, and follow the other tabs and the connection. */
  async start(): Promise<void> {
    const signal = this.ends.signal;
    this.tabs?.addEventListener("message", (event: MessageEvent<News>) => this.hear(event.data));
    window.addEventListener("storage", (event) => this.session.concerns(event) && void this.refresh(), { signal });
    window.addEventListener("online", () => this.tryNow(), { signal });
    window.addEventListener("offline", () => this.set({ online: false }), { signal });
    document.addEventListener("visibilitychange", () => this.look(), { signal });
    const greeting = this.refused(this.until(() => this.api.greeting()));
    await this.refresh();
    this.set({ greeting: await greeting, ready: true });
  }

  stop(): void {
    this.ends.abort();
    this.tabs?.close();
    this.wake();
  }

  /** Ask a question, at once or after those that are still being answered; false for none, and where nothing may be asked. */
  ask(text: string): boolean {
    if (!text || this.state.barred) return false;
    const question: Asked = { who: "person", id: crypto.getRandomValues(new Uint32Array(4)).join("-"), text };
    this.set({ waiting: [...this.state.waiting, question], notice: null });
    this.next();
    return true;
  }

  async restart(): Promise<void> {
    this.era += 1;
    this.set({ entries: [], pending: null, waiting: [], notice: null });
    await this.refused(this.until(() => this.session.as((token) => this.api.restart(token))));
    this.tell({ kind: "changed" });
  }

  /** Keep what the person thinks of an answer; false where it could not be kept. */
  async rate(id: string, verdict: Verdict, words: string | null): Promise<boolean> {
    const before = this.state.entries;
    const rated = (entry: Entry) => (entry.who === "bot" && entry.id === id ? { ...entry, verdict } : entry);
    this.set({ entries: before.map(rated), notice: null });
    try {
      await this.session.as((token) => this.api.feedback(token, id, verdict, words));
      this.tell({ kind: "changed" });
      return true;
    } catch (error) {
      this.set({ entries: before, notice: error instanceof Refused ? error.message : strings.notKept });
      return false;
    }
  }

  passage(id: string, start: number, end: number): Promise<Passage> {
    return this.session.as((token) => this.api.passage(token, id, start, end));
  }

  piece(id: string, from: number, to: number): Promise<Piece> {
    return this.session.as((token) => this.api.piece(token, id, from, to));
  }

  /** Try at once what waits for the connection. */
  tryNow(): void {
    this.wake();
    if (!this.state.online) void this.refresh();
  }

  /** Have what the server keeps, and look after a question that has no answer yet. */
  private async refresh(): Promise<void> {
    const era = this.era;
    const said = await this.refused(this.until(() => this.session.as((token) => this.api.history(token))));
    if (!said || era !== this.era) return;
    if (said.token) this.session.keep(said.token);
    this.fresh = Date.now();
    const pending = this.state.pending;
    this.set({ entries: said.entries, ...(pending && answered(said.entries, pending.id) ? { pending: null } : {}) });
    const last = said.entries.at(-1);
    if (last?.who === "person" && !this.delivering) void this.deliver(last);
    this.next();
  }

  /** Ask what waits for its turn, where it has come. */
  private next(): void {
    const [question, ...waiting] = this.state.waiting;
    if (!question || this.state.pending || this.ends.signal.aborted) return;
    this.set({ waiting });
    this.tell({ kind: "asked", question });
    void this.deliver(question);
  }

  private async deliver(question: Asked): Promise<void> {
    const era = this.era;
    this.delivering = question.id;
    this.set({ pending: question });
    try {
      const work = () => this.session.as((token) => this.api.message(token, question.id, question.text));
      const { entries } = await this.until(work);
      if (era !== this.era) return;
      const fresh = new Set(entries.map((entry) => entry.id));
      this.set({ entries: [...this.state.entries.filter((entry) => !fresh.has(entry.id)), ...entries], pending: null });
      const reply = entries.find((entry): entry is Replied => entry.who === "bot");
      if (reply) this.dispatchEvent(new CustomEvent("answer", { detail: reply.answer }));
      this.tell({ kind: "changed" });
    } catch (error) {
      if (era !== this.era || this.ends.signal.aborted) return;
      this.set({ pending: null, ...(error instanceof Refused ? told(error) : { notice: strings.unreachable }) });
      this.dispatchEvent(new CustomEvent("unsent", { detail: question.text }));
    } finally {
      if (this.delivering === question.id) this.delivering = null;
    }
    this.next();
  }

  /** Repeat something until the server can be reached, and while it asks to wait. */
  private async until<T>(work: () => Promise<T>): Promise<T> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      try {
        const result = await work();
        this.set({ online: true });
        return result;
      } catch (error) {
        const busy = error instanceof Refused && error.status === 429;
        if (this.ends.signal.aborted || !(busy || error instanceof Unreachable)) throw error;
        if (busy) this.set({ notice: error.message });
        else this.set({ online: false });
        await this.pause(busy ? Math.max(error.waitMs, FIRST_WAIT_MS) : wait);
        if (busy) this.set({ notice: null });
      }
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const earlier = this.wake;
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wake = () => {
        earlier();
        done();
      };
    });
  }

  private async refused<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof Refused) this.set(told(error));
      return null;
    }
  }

  private hear(news: News): void {
    if (news.kind === "changed") void this.follow();
    else if (!this.state.pending) {
      this.set({ pending: news.question, notice: null });
      setTimeout(() => this.state.pending?.id === news.question.id && void this.refresh(), OTHERS_MS);
    }
  }

  /** Another tab changed something: a question asked here stays, unless the conversation was started over. */
  private async follow(): Promise<void> {
    const waiting = this.state.pending;
    await this.refresh();
    if (waiting && this.delivering !== waiting.id && this.state.pending === waiting) this.set({ pending: null });
    this.next();
  }

  private look(): void {
    if (document.visibilityState === "visible" && Date.now() - this.fresh > STALE_MS) void this.refresh();
  }

  private tell(news: News): void {
    if (!this.ends.signal.aborted) this.tabs?.postMessage(news);
  }

  private set(change: Partial<State>): void {
    Object.assign(this.state, change);
    this.dispatchEvent(new Event("change"));
  }
}

/** What a refusal says; a page that may not ask at all has nothing else to show. */
function told(refusal: Refused): Partial<State> {
  return refusal.status === 403 ? { barred: refusal.message } : { notice: refusal.message };
}

function answered(entries: Entry[], question: string): boolean {
  return entries.some((entry) => entry.who === "bot" && entry.to === question);
}
