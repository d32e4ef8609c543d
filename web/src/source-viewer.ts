// A document opened at a passage: what is known of it, the passage marked, the text around it, and the rest on request.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import * as icons from "./icons";
import * as markdown from "./markdown";
import { define, Part } from "./part";
import type { Conversation } from "./store";
import { strings } from "./strings";
import { day, nameOf, safeLink } from "./text";
import type { Citation, Passage } from "./types";

const PIECE = 6000; // characters asked for at once, as the server gives them

/** Tells `close-source`. `over`: it covers the conversation, as a dialog, instead of standing beside it. */
export class RahdariSource extends Part {
  @property({ attribute: false }) conversation!: Conversation;
  @property({ attribute: false }) citation!: Citation;
  @property({ type: Boolean }) over = false;
  @state() private passage: Passage | null = null;
  @state() private failed = false;

  /** Give the title the focus, so that a screen reader begins there. */
  override focus(): void {
    this.querySelector<HTMLElement>("h2")?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("citation")) void this.load(this.citation);
  }

  protected override render(): TemplateResult {
    const { citation, passage } = this;
    const about = passage ?? citation;
    const known = [about.publisher, day(about.published), passage?.place].filter(Boolean);
    const link = safeLink(passage?.source);
    return html`<div class="viewer" role=${this.over ? "dialog" : "region"} aria-labelledby="viewer-title">
      <div class="viewer-head">
        <div>
          <p class="kicker">${strings.source(citation.id)}</p>
          <h2 id="viewer-title" tabindex="-1" dir="auto">${about.title ?? citation.document}</h2>
          ${known.length ? html`<p class="known">${known.map((part, place) => html`${place ? " · " : ""}<bdi>${part}</bdi>`)}</p>` : nothing}
          ${this.others()}
          ${link
            ? html`<a class="original" href=${link} target="_blank" rel="noopener noreferrer">${strings.original}${icons.outward}</a>`
            : nothing}
        </div>
        <button type="button" class="round" aria-label=${strings.closeSource} title=${strings.closeSource} @click=${this.close}>
          ${icons.close}
        </button>
      </div>
      <div class="document" tabindex="0" role="region" aria-label=${strings.documentText}>${this.text()}</div>
    </div>`;
  }

  /** Where the same text stands as well, each with its address. */
  private others(): TemplateResult | typeof nothing {
    const others = this.citation.also ?? [];
    if (!others.length) return nothing;
    return html`<p class="known">
      ${strings.alsoIn}
      ${others.map((other, place) => {
        const [name, link] = [nameOf(other, this.citation), safeLink(other.source)];
        const shown = html`<bdi>${name}</bdi>`;
        return html`${place ? ", " : ""}${link ? html`<a href=${link} target="_blank" rel="noopener noreferrer">${shown}</a>` : shown}`;
      })}
    </p>`;
  }

  private text(): TemplateResult {
    const { passage } = this;
    if (!passage) return html`<p class="state" role="status">${this.failed ? strings.notOpened : strings.opening}</p>`;
    return html`${passage.start > 0 ? this.more(strings.earlier, this.earlier) : nothing}
      <div class="text" dir="auto">${this.marked(passage)}</div>
      ${passage.end < passage.length ? this.more(strings.later, this.later) : nothing}`;
  }

  private marked({ before, passage, after }: Passage): TemplateResult {
    return markdown.passage(before + passage + after, before.length, before.length + passage.length);
  }

  private more(name: string, show: () => void): TemplateResult {
    return html`<button type="button" class="small quiet more" @click=${show}>${name}</button>`;
  }

  private async load(citation: Citation): Promise<void> {
    this.passage = null;
    this.failed = false;
    try {
      const passage = await this.conversation.passage(citation.document, citation.start, citation.end);
      if (citation !== this.citation) return;
      this.passage = passage;
      await this.updateComplete;
      this.showMark();
    } catch {
      this.failed = citation === this.citation;
    }
  }

  private showMark(): void {
    const [box, mark] = [this.querySelector<HTMLElement>(".document"), this.querySelector("mark")];
    if (!box || !mark) return;
    const gap = (box.clientHeight - mark.getBoundingClientRect().height) / 3;
    box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - Math.max(16, gap);
  }

  private earlier = async (): Promise<void> => {
    const { passage } = this;
    if (!passage) return;
    const piece = await this.piece(Math.max(0, passage.start - PIECE), passage.start);
    const box = this.querySelector<HTMLElement>(".document");
    if (!piece || !box || this.passage !== passage) return;
    const below = box.scrollHeight - box.scrollTop;
    this.passage = { ...passage, start: piece.start, before: piece.text + passage.before };
    await this.updateComplete;
    box.scrollTop = box.scrollHeight - below; // what was read stays where it is
    if (piece.start === 0) box.focus({ preventScroll: true }); // the button that had the focus is gone
  };

  private later = async (): Promise<void> => {
    const { passage } = this;
    if (!passage) return;
    const piece = await this.piece(passage.end, passage.end + PIECE);
    if (!piece || this.passage !== passage) return;
    this.passage = { ...passage, end: piece.end, after: passage.after + piece.text };
    if (piece.end >= passage.length) this.querySelector<HTMLElement>(".document")?.focus({ preventScroll: true });
  };

  private async piece(from: number, to: number) {
    try {
      return await this.conversation.piece(this.citation.document, from, to);
    } catch {
      return null;
    }
  }

  private close = (): void => this.tell("close-source", null);
}

define("rahdari-source", RahdariSource);
