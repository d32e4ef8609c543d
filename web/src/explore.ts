// <rahdari-explore>: the page where people look instead of asking.
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { Desk } from "./explore-desk";
import "./explore-charts";
import "./explore-facts";
import "./explore-filters";
import "./explore-ties";
import "./explore-timeline";
import { address as channel } from "./origin";
import { define } from "./part";
import { address, type Filters, type Order, parse, type Query, VIEWS } from "./query";
import type { RahdariSource } from "./source-viewer";
import "./source-viewer";
import type { Conversation } from "./store";
import { words } from "./strings-explore";
import { exploreStyles } from "./styles-explore";
import { styles } from "./styles";
import type { Citation } from "./types";
import type { Looking } from "./view";

export class RahdariExplore extends LitElement {
  static override styles = [...styles, exploreStyles];

  /** The address of the web channel. */
  @property() api: string | null = null;
  @state() private looking: Looking | null = null;
  @state() private total: number | null = null;
  @state() private wanted: Query = parse(window.location.hash);
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("rahdari-source") private viewer!: RahdariSource | null;
  private desk!: Desk;

  override connectedCallback(): void {
    super.connectedCallback();
    this.desk = new Desk(channel(null, this.api));
    window.addEventListener("hashchange", this.follow);
    window.addEventListener("popstate", this.follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.follow);
    window.removeEventListener("popstate", this.follow);
  }

  protected override render(): TemplateResult {
    const { view } = this.wanted;
    return html`<div class="explore" @passage=${this.open} @narrow=${this.narrow} @filter=${this.filter} @turn=${this.turn}
        @sort=${this.sort} @total=${(event: CustomEvent<number>) => (this.total = event.detail)}
      >
        <main>
          <header class="top">
            <h1>${words.heading}</h1>
            <p>${words.tagline}</p>
          </header>
          <rahdari-filters .desk=${this.desk} .query=${this.wanted}></rahdari-filters>
          <div class="bar">
            <nav class="views" aria-label=${words.viewsLabel}>
              ${VIEWS.map(
                (name) => html`<a href=${address({ ...this.wanted, view: name, page: 1 })} aria-current=${name === view ? "page" : nothing}>${words.views[name]}</a>`,
              )}
            </nav>
            <p class="found" role="status">${this.found()}</p>
          </div>
          ${this.view()}
        </main>
        <footer><a href="operator">${words.operatorLink}</a></footer>
      </div>
      <dialog aria-labelledby="viewer-title" @close-source=${this.close} @close=${this.closed} @click=${this.outside}>
        ${this.looking
          ? html`<rahdari-source
              .conversation=${this.desk as unknown as Conversation}
              .citation=${citation(this.looking)}
            ></rahdari-source>`
          : nothing}
      </dialog>`;
  }

  private found(): string {
    const { view } = this.wanted;
    if (this.total === null || !(view === "facts" || view === "timeline")) return "";
    return view === "facts" ? words.count(this.total) : words.countEvents(this.total);
  }

  private view(): TemplateResult {
    switch (this.wanted.view) {
      case "timeline":
        return html`<rahdari-timeline .desk=${this.desk} .query=${this.wanted}></rahdari-timeline>`;
      case "charts":
        return html`<rahdari-charts .desk=${this.desk} .query=${this.wanted}></rahdari-charts>`;
      case "ties":
        return html`<rahdari-ties .desk=${this.desk} .query=${this.wanted}></rahdari-ties>`;
      default:
        return html`<rahdari-facts .desk=${this.desk} .query=${this.wanted}></rahdari-facts>`;
    }
  }

  private go(change: Partial<Query>): void {
    const next = { ...this.wanted, page: 1, ...change };
    if (address(next) === address(this.wanted)) return;
    history.pushState(null, "", address(next));
    this.wanted = next;
  }

  private follow = (): void => {
    const next = parse(window.location.hash);
    if (address(next) !== address(this.wanted)) this.wanted = next;
  };

  private filter = (event: CustomEvent<Filters>): void => this.go({ filters: event.detail });

  private narrow = (event: CustomEvent<Filters>): void => this.go({ filters: { ...this.wanted.filters, ...event.detail } });

  private sort = (event: CustomEvent<Order>): void => this.go({ order: event.detail });

  private turn = (event: CustomEvent<number>): void => {
    this.go({ page: event.detail });
    this.renderRoot.querySelector(".bar")?.scrollIntoView();
  };

  private open = (event: CustomEvent<Looking>): void => {
    this.looking = event.detail;
    void this.updateComplete.then(async () => {
      if (!this.dialog.open) this.dialog.showModal();
      await this.viewer?.updateComplete;
      this.viewer?.focus();
    });
  };

  private close = (): void => this.dialog.close();

  private closed = (): void => {
    const opener = this.looking?.opener;
    this.looking = null;
    const elsewhere = (this.renderRoot as ShadowRoot).activeElement; // told a frame later: someone may have gone on
    if (opener?.isConnected && !elsewhere) opener.focus();
  };

  private outside = (event: MouseEvent): void => {
    if (event.target === this.dialog) this.dialog.close();
  };
}

let last: { row: Looking["row"]; citation: Citation } | null = null;

/** A passage as the source viewer takes it; the same object for the same passage, which it would else load anew. */
function citation({ row }: Looking): Citation {
  if (last?.row !== row) {
    const { document, title, publisher, published, text, start, end } = row;
    last = { row, citation: { id: 1, role: "evidence", document, title, publisher, published, quote: text, start, end } };
  }
  return last.citation;
}

define("rahdari-explore", RahdariExplore);
