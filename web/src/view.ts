// What the views of the Explore page share: each asks for what it shows whenever the query changes.
import { html, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { Refused } from "./api";
import type { Desk, Row } from "./explore-desk";
import { Part } from "./part";
import type { Filters, Query } from "./query";
import { words } from "./strings-explore";

export interface Looking {
  row: Row;
  opener: HTMLElement | SVGElement;
}

/** Tells `passage` (Looking) and `narrow` (Filters to add). */
export abstract class View<Value> extends Part {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) query!: Query;
  @state() protected value: Value | null = null;
  @state() protected failure = "";
  @state() protected loading = false;
  @state() protected width = 0;
  private asked = 0;
  private readonly sizes = new ResizeObserver(([entry]) => (this.width = Math.round(entry?.contentRect.width ?? 0)));

  protected abstract ask(): Promise<Value>;
  protected abstract show(value: Value): TemplateResult;

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("query")) void this.load();
  }

  protected override render(): TemplateResult {
    if (this.failure) {
      return html`<div class="empty" role="alert">
        <p>${this.failure}</p>
        <button type="button" class="small" @click=${() => void this.load()}>${words.again}</button>
      </div>`;
    }
    if (this.value === null || !this.width) return html`<p class="empty" role="status">${words.loading}</p>`;
    return html`<div class=${this.loading ? "stale" : "fresh"} aria-busy=${this.loading ? "true" : "false"}>${this.show(this.value)}</div>`;
  }

  protected async load(): Promise<void> {
    const turn = ++this.asked;
    this.loading = true;
    this.failure = "";
    try {
      const value = await this.ask();
      if (turn === this.asked) this.value = value;
    } catch (error) {
      if (turn === this.asked) this.failure = error instanceof Refused ? error.message : words.unreachable;
    } finally {
      if (turn === this.asked) this.loading = false;
    }
  }

  protected open(event: Event, row: Row): void {
    const detail: Looking = { row, opener: event.currentTarget as HTMLElement };
    this.tell("passage", detail);
  }

  protected narrow(filters: Filters): void {
    this.tell("narrow", filters);
  }
}
