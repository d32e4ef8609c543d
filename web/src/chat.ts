// <rahdari-chat>: the whole of it, floating over a page, inside a page, or as a page of its own.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { chips, type Opening, type RahdariAnswer, type Rating } from "./answer";
import { Api } from "./api";
import type { RahdariComposer } from "./composer";
import "./composer";
import type { RahdariConfirmation } from "./confirmation";
import "./confirmation";
import * as icons from "./icons";
import { address } from "./origin";
import { define } from "./part";
import type { RahdariSource } from "./source-viewer";
import "./source-viewer";
import { Conversation } from "./store";
import { strings } from "./strings";
import { styles } from "./styles";
import type { Asked, Entry } from "./types";

const SMALL = "(max-width: 30em), (max-height: 26em)";
const BESIDE = "(min-width: 62em)";

export class RahdariChat extends LitElement {
  static override styles = styles;

  /** `floating` (a button in the corner that opens it), `inline` (fills its place) or `page`. */
  @property({ reflect: true }) layout: "floating" | "inline" | "page" = "floating";
  /** The address of the server; where the script came from, unless told. */
  @property() server: string | null = null;
  /** The address of the web channel, where it is not `webhooks/web/` on the server. */
  @property() api: string | null = null;
  @property() heading = strings.heading;
  @property() tagline = strings.tagline;
  /** What the button says that opens it. */
  @property() label = strings.launcher;
  @property({ type: Boolean, reflect: true }) open = false;

  @state() private opened: Opening | null = null;
  @query("dialog") private dialog!: HTMLDialogElement | null;
  @state() private asking = false; // whether to start over
  @query("rahdari-confirmation") private confirmation!: RahdariConfirmation | null;
  @query("rahdari-composer") private composer!: RahdariComposer | null;
  @query("rahdari-source") private viewer!: RahdariSource | null;
  @query(".log") private log!: HTMLElement | null;
  private conversation: Conversation | null = null;
  private draft = "";
  private seen = 0;
  private within = false;
  private readonly small = window.matchMedia(SMALL);
  private readonly wide = window.matchMedia(BESIDE);

  /** Open it, and have the cursor where a question is typed. */
  show(): void {
    this.open = true;
  }

  hide(): void {
    this.open = false;
  }

  /** Ask a question as if it had been typed, after those that are still being answered; false for an empty one. */
  ask(text: string): boolean {
    this.begin();
    const asked = this.conversation?.ask(text.trim()) ?? false;
    if (asked) this.emit("question", { text: text.trim() });
    return asked;
  }

  /** Start over: what was said is forgotten, here and on the server. */
  async restart(): Promise<void> {
    this.opened = null;
    this.asking = false;
    this.emit("restart", {});
    await this.conversation?.restart();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.small.addEventListener("change", this.resized);
    this.wide.addEventListener("change", this.resized);
    if (this.remembered()) this.open = true;
    this.requestUpdate(); // it may have been moved within the page
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.small.removeEventListener("change", this.resized);
    this.wide.removeEventListener("change", this.resized);
    this.conversation?.stop();
    this.conversation = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.open || this.layout !== "floating") this.begin();
    // Asked before what has the focus is taken out: where the page has it, it stays there.
    if (changed.has("open") || this.conversation?.state.barred) this.within = this.dialog?.contains((this.renderRoot as ShadowRoot).activeElement) ?? false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("open") && this.layout === "floating") this.follow(changed.get("open") as boolean | undefined);
    this.showNew();
    const barred = this.renderRoot.querySelector<HTMLElement>(".barred");
    if (barred && this.within && !(this.renderRoot as ShadowRoot).activeElement) barred.focus(); // the box is gone
  }

  protected override render(): TemplateResult {
    if (this.layout === "page") return html`<main class="shell page">${this.body("h1")}</main>`;
    if (this.layout === "inline") return html`<section class="shell inline" aria-label=${this.heading}>${this.body("h2")}</section>`;
    return html`<section aria-label=${this.heading}>
        <button
          type="button"
          class="launcher"
          aria-haspopup="dialog"
          aria-expanded=${this.open ? "true" : "false"}
          @click=${() => (this.open ? this.hide() : this.show())}
        >
          ${icons.arch}<span>${this.label}</span>
        </button>
      </section>
      <dialog class="shell floating" aria-labelledby="heading" @cancel=${this.cancelled} @keydown=${this.key}>
        ${this.open ? this.body("h2") : nothing}
      </dialog>`;
  }

  private body(level: "h1" | "h2"): TemplateResult {
    const barred = this.conversation?.state.barred;
    if (barred) return html`<div class="talk" @keydown=${this.key}>${this.head(level)}<p class="barred" role="alert" tabindex="-1">${barred}</p></div>`;
    const over = this.opened !== null && !this.beside;
    return html`<div class="talk" ?inert=${over} @keydown=${this.key}>
        ${this.head(level)} ${this.confirm()} ${this.news()}
        <div class="log" role="log" aria-label=${strings.conversation} aria-relevant="additions" tabindex="0"
          aria-busy=${this.conversation?.state.ready ? "false" : "true"}
          @open-source=${this.openSource} @rate=${this.rate} @suggest=${(event: CustomEvent<string>) => this.put(event.detail)}
        >
          <div class="entries">${this.entries()}</div>
        </div>
        ${this.waiting()}
        <rahdari-composer
          .draft=${this.draft}
          @draft=${(event: CustomEvent<string>) => (this.draft = event.detail)}
          @ask=${(event: CustomEvent<string>) => this.ask(event.detail)}
        ></rahdari-composer>
      </div>
      ${this.opened
        ? html`<rahdari-source
            class=${over ? "over" : "aside"}
            ?over=${over}
            .conversation=${this.conversation}
            .citation=${this.opened.citation}
            @close-source=${this.closeSource}
            @keydown=${this.key}
          ></rahdari-source>`
        : nothing}`;
  }

  private head(level: "h1" | "h2"): TemplateResult {
    const heading = level === "h1" ? html`<h1 id="heading">${this.heading}</h1>` : html`<h2 id="heading">${this.heading}</h2>`;
    return html`<div class="head">
      <span class="logo">${icons.arch}</span>
      <div class="name">${heading}${this.tagline ? html`<p>${this.tagline}</p>` : nothing}</div>
      ${this.conversation?.state.barred
        ? nothing
        : html`<button type="button" class="round anew" aria-label=${strings.startOver} title=${strings.startOver}
            aria-expanded=${this.asking && this.loses ? "true" : "false"} @click=${this.mayStartOver}
          >
            ${icons.anew}
          </button>`}
      ${this.layout === "floating"
        ? html`<button type="button" class="round" aria-label=${strings.close} title=${strings.close} @click=${this.hide}>
            ${icons.close}
          </button>`
        : nothing}
    </div>`;
  }

  private confirm(): TemplateResult | typeof nothing {
    if (!this.asking || !this.loses) return nothing;
    return html`<rahdari-confirmation
      question=${strings.startOverAsked} yes=${strings.startOverYes} no=${strings.startOverNo}
      @confirmed=${this.startOver} @dismissed=${this.keepOn}
    ></rahdari-confirmation>`;
  }

  private news(): TemplateResult {
    const now = this.conversation?.state;
    const lost = now && !now.online;
    const why = navigator.onLine ? `${strings.unreachable} ${strings.trying}` : strings.offline;
    const again = () => this.conversation?.tryNow();
    return html`<div class="news">
      <div class=${lost ? "lost" : nothing}>
        <div class=${lost ? "banner" : nothing}>
          <div role="status">${lost ? why : nothing}</div>
          ${lost ? html`<button type="button" class="small" @click=${again}>${strings.tryNow}</button>` : nothing}
        </div>
      </div>
      <div class=${now?.notice ? "lost" : nothing} role="alert">${now?.notice ? html`<p class="banner">${now.notice}</p>` : nothing}</div>
    </div>`;
  }

  private entries(): TemplateResult {
    const now = this.conversation?.state;
    if (!now?.ready) return html``;
    const shown: Entry[] = now.pending && !now.entries.some((one) => one.id === now.pending?.id)
      ? [...now.entries, now.pending] : now.entries;
    return html`${this.greeting()}${repeat(
      [...shown, ...now.waiting], (entry) => entry.id, (entry) => this.entry(entry, now.waiting.includes(entry as Asked)),
    )}`;
  }

  private greeting(): TemplateResult | typeof nothing {
    const greeting = this.conversation?.state.greeting;
    if (!greeting) return nothing;
    return html`<div class="entry bot">
      <div class="bubble">
        <p class="said" dir="auto">${greeting.text}</p>
      </div>
      ${greeting.starters.length ? chips(greeting.starters, strings.startersLabel, (one) => this.put(one)) : nothing}
    </div>`;
  }

  private entry(entry: Entry, waits: boolean): TemplateResult {
    if (entry.who === "person") return this.question(entry, waits);
    const id = this.opened ? `${(this.opened.opener.closest("rahdari-answer") as RahdariAnswer).entry.id}/${this.opened.citation.id}` : "";
    return html`<div class="entry bot" data-id=${entry.id}>
      <span class="unseen">${this.heading}: </span>
      <rahdari-answer .entry=${entry} .chosen=${id}></rahdari-answer>
    </div>`;
  }

  private question(entry: Asked, waits: boolean): TemplateResult {
    return html`<div class="entry person" data-id=${entry.id}>
      <span class="unseen">${strings.you}: </span>
      <div class="bubble"><p class="said" dir="auto">${entry.text}</p></div>
      ${waits ? html`<p class="waits">${strings.waits}</p>` : nothing}
    </div>`;
  }

  private waiting(): TemplateResult {
    const now = this.conversation?.state;
    const text = !now?.ready ? strings.loading : now.pending && now.online ? strings.looking : "";
    return html`<p class="typing ${text ? "on" : ""}" role="status">
      ${text ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${text}` : nothing}
    </p>`;
  }

  private get beside(): boolean {
    return this.layout === "page" && this.wide.matches;
  }

  private begin(): void {
    if (this.conversation || !this.isConnected) return;
    this.conversation = new Conversation(new Api(address(this.server, this.api)));
    this.conversation.addEventListener("change", () => {
      this.requestUpdate();
      const online = this.conversation?.state.online ?? true;
      if (online !== this.online) this.emit("connection", { online: (this.online = online) });
    });
    this.conversation.addEventListener("answer", (event) => this.emit("answer", { answer: (event as CustomEvent).detail }));
    this.conversation.addEventListener("unsent", (event) => this.composer?.restore((event as CustomEvent<string>).detail));
    void this.conversation.start();
  }

  private online = true;

  private follow(before: boolean | undefined): void {
    const { dialog } = this;
    if (!dialog || dialog.open === this.open) return;
    if (this.open) {
      const restored = before === undefined && !this.small.matches;
      if (restored) dialog.setAttribute("open", ""); // as show(), but the focus stays where the page has it
      else this.showDialog(dialog);
      this.seen = 0;
      if (!restored) void this.composer?.updateComplete.then(() => this.composer?.focus());
    } else {
      dialog.close();
      this.opened = null;
      this.asking = false;
      if (this.within) this.renderRoot.querySelector<HTMLElement>(".launcher")?.focus();
    }
    this.remember();
    this.emit(this.open ? "open" : "close", {});
  }

  /** A dialog that covers all is modal, one in the corner is not. */
  private showDialog(dialog: HTMLDialogElement): void {
    if (this.small.matches) dialog.showModal();
    else dialog.show();
  }

  /** What is new is read from its beginning: the question, or the top of its answer. */
  private showNew(): void {
    const now = this.conversation?.state;
    const { log } = this;
    if (!log || !now?.ready) return;
    const shown = now.entries.length + (now.pending && !now.entries.includes(now.pending) ? 1 : 0) + now.waiting.length;
    if (shown === this.seen) return;
    const first = this.seen === 0;
    this.seen = shown;
    void Promise.all([...log.querySelectorAll<RahdariAnswer>("rahdari-answer")].map((one) => one.updateComplete)).then(() => {
      const last = log.querySelector<HTMLElement>(".entries > :last-child");
      const question = last?.previousElementSibling;
      const top = (question?.classList.contains("person") ? question : last) as HTMLElement | null;
      if (!top) return;
      const place = Math.min(log.scrollHeight - log.clientHeight, top.offsetTop - 12);
      log.scrollTo({ top: place, behavior: first ? "instant" : "auto" });
    });
  }

  /** Ask what was pressed; pressed twice it is asked once. */
  private put(question: string): void {
    const now = this.conversation?.state;
    const asked = now && [now.pending, ...now.waiting].some((one) => one?.text === question.trim());
    if (asked || this.ask(question)) this.composer?.focus();
  }

  private openSource = (event: CustomEvent<Opening>): void => {
    this.opened = event.detail;
    const { document, start, end } = event.detail.citation;
    this.emit("source", { document, start, end });
    void this.updateComplete.then(async () => {
      await this.viewer?.updateComplete;
      this.viewer?.focus();
    });
  };

  private closeSource = (): void => {
    const opener = this.opened?.opener;
    this.opened = null;
    void this.updateComplete.then(() => (opener?.isConnected ? opener.focus() : this.composer?.focus()));
  };

  private rate = async (event: CustomEvent<Rating>): Promise<void> => {
    const { id, verdict, words, kept } = event.detail;
    this.emit("feedback", { answer: id, verdict, words });
    kept((await this.conversation?.rate(id, verdict, words)) ?? false);
  };

  /** Whether starting over would lose something. */
  private get loses(): boolean {
    const now = this.conversation?.state;
    return Boolean(now && (now.entries.length || now.pending || now.waiting.length));
  }

  private mayStartOver = (): void => {
    if (!this.loses) return this.startOver();
    if (this.asking) return this.keepOn();
    this.asking = true;
    void this.updateComplete.then(async () => {
      await this.confirmation?.updateComplete;
      this.confirmation?.focus();
    });
  };

  private keepOn = (): void => {
    this.asking = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".anew")?.focus());
  };

  private startOver = (): void => {
    void this.restart();
    this.seen = 0;
    this.composer?.focus();
  };

  private key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (!this.opened && !this.asking && this.layout !== "floating") return;
    event.stopPropagation();
    this.cancelled(event);
  };

  /** Escape takes back what came last: the source that covers all, the question whether to start over, the widget. */
  private cancelled = (event: Event): void => {
    event.preventDefault();
    if (this.asking && this.loses && !(this.opened && !this.beside)) this.keepOn();
    else if (this.opened) this.closeSource();
    else if (this.layout === "floating") this.hide();
  };

  private resized = (): void => {
    const { dialog } = this;
    if (dialog?.open && this.open) {
      dialog.close();
      this.showDialog(dialog);
    }
    this.requestUpdate();
  };

  private remembered(): boolean {
    try {
      const open = sessionStorage.getItem("rahdari-open") === "yes";
      return open && this.layout === "floating" && !this.small.matches;
    } catch {
      return false;
    }
  }

  private remember(): void {
    try {
      sessionStorage.setItem("rahdari-open", this.open ? "yes" : "no");
    } catch {
      // it opens closed on the next page
    }
  }

  private emit(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(`rahdari-${name}`, { detail, bubbles: true, composed: true }));
  }
}

define("rahdari-chat", RahdariChat);
