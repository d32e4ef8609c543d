// Facts as a table, a page at a time; each with its passage one click away.
import { html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { cards } from "./cards";
import { saveCsv } from "./download";
import type { Row, Rows } from "./explore-desk";
import { statement, when } from "./fact-text";
import { define } from "./part";
import { type Order, PAGE } from "./query";
import { strings } from "./strings";
import { words } from "./strings-explore";
import { View } from "./view";

const COLUMNS = [
  "subject", "predicate", "object", "status", "speaker", "as_of", "sectors", "document", "title", "publisher", "published", "start", "end", "text",
] as const;

/** `events`: only what has a date and is no description. Tells `turn` (page), `sort` (order) and `total` (number) too. */
export class RahdariFacts extends View<Rows> {
  @property({ type: Boolean }) events = false;

  protected ask(): Promise<Rows> {
    return this.desk.facts(this.query.filters, this.order, this.query.page, this.events);
  }

  protected override async load(): Promise<void> {
    await super.load();
    if (this.value && !this.failure) this.tell("total", this.value.total);
  }

  protected show({ facts, total, offset }: Rows): TemplateResult {
    if (!total) {
      return html`<p class="empty">${this.events ? words.noDates : Object.keys(this.query.filters).length ? words.none : words.noneAtAll}</p>`;
    }
    return html`<div class="table-head">
        <label class="order"
          ><span>${words.orderLabel}</span>
          <select @change=${(event: Event) => this.tell("sort", (event.target as HTMLSelectElement).value)}>
            ${this.orders.map((one) => html`<option value=${one} ?selected=${one === this.order}>${words.order[one]}</option>`)}
          </select></label
        >
        <button type="button" class="small" aria-label=${words.saveCsvOf(words.tableLabel)} @click=${this.save}>${words.saveCsv}</button>
      </div>
      ${table(facts, (event, row) => this.open(event, row))} ${this.pager(total, offset)}`;
  }

  private get orders(): Order[] {
    return this.events ? ["newest", "oldest"] : ["text", "newest", "oldest"];
  }

  private get order(): Order {
    return this.events && this.query.order === "text" ? "newest" : this.query.order;
  }

  private pager(total: number, offset: number): TemplateResult | typeof nothing {
    if (total <= PAGE && !offset) return nothing;
    const { page } = this.query;
    const turn = (to: number) => () => this.tell("turn", to);
    const last = offset + PAGE >= total;
    return html`<nav class="pager" aria-label=${words.pages}>
      <button type="button" class="small" aria-disabled=${page === 1 ? "true" : "false"} @click=${page === 1 ? null : turn(page - 1)}>
        ${words.earlier}
      </button>
      <span>${words.place(Math.min(offset + 1, total), Math.min(offset + PAGE, total), total)}</span>
      <button type="button" class="small" aria-disabled=${last ? "true" : "false"} @click=${last ? null : turn(page + 1)}>${words.later}</button>
    </nav>`;
  }

  private save = async (): Promise<void> => {
    const rows = await this.desk.all(this.query.filters, this.order, this.events);
    const cell = (row: Row, name: (typeof COLUMNS)[number]) => (name === "sectors" ? row.sectors.join("; ") : row[name]);
    saveCsv(this.events ? "events" : "facts", [...COLUMNS], rows.map((row) => COLUMNS.map((name) => cell(row, name))));
  };
}

/** Facts as a table, each with its passage one step away. */
export function table(facts: Row[], open: (event: Event, row: Row) => void): TemplateResult {
  const names = words.table;
  const columns = [
    { name: names.fact, kind: "what", plain: true }, { name: names.date, kind: "date" }, { name: names.status, kind: "is", plain: true },
    { name: names.speaker, kind: "who" }, { name: names.sectors, kind: "sectors" }, { name: names.document, kind: "document-name" },
  ];
  return cards(words.tableLabel, "facts", columns, facts.map((row) => [
    html`<button type="button" class="fact" title=${words.openPassage} aria-haspopup="dialog" @click=${(event: Event) => open(event, row)}>
      <span dir="auto">${told(row)}</span>
    </button>`,
    when(row.as_of),
    status(row.status),
    row.speaker ? html`<bdi>${row.speaker}</bdi>` : null,
    row.sectors.length ? html`<bdi>${row.sectors.join(", ")}</bdi>` : null,
    html`<bdi>${row.title ?? row.document}</bdi>`,
  ]));
}

function told(row: Row): TemplateResult {
  const [subject, rest] = statement(row);
  return subject ? html`<b>${subject}</b>${rest}` : html`${rest}`;
}

/** A status, its colour beside its name. */
export function status(name: string): TemplateResult {
  return html`<span class="status ${name}"><i class="swatch ${name}"></i>${strings.modality[name] ?? name}</span>`;
}

define("rahdari-facts", RahdariFacts);
