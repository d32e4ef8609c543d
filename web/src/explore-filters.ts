// The filters: each lists what there is to choose beside all that is chosen elsewhere, with how many facts it leaves.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Choice, Desk } from "./explore-desk";
import * as icons from "./icons";
import { define, Part } from "./part";
import type { Filter, Filters, Query } from "./query";
import { strings } from "./strings";
import { words } from "./strings-explore";

const CHOSEN_FROM = ["sector", "project", "party", "status", "speaker", "document"] as const;
const TYPING_MS = 350;

/** Tells `filter` (Filters: all of them). */
export class RahdariFilters extends Part {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) query!: Query;
  @state() private choices: Record<string, Choice[]> = {};
  private asked = 0;
  private known = "";
  private typing = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("query")) void this.load();
  }

  protected override render(): TemplateResult {
    const { filters } = this.query;
    const chosen = Object.keys(filters).length;
    return html`<search class="filters" aria-label=${words.filters}>
        <div class="search">
          <label for="filter-words">${words.search}</label>
          <input id="filter-words" type="search" maxlength="200" dir="auto" autocomplete="off" placeholder=${words.searchHint}
            .value=${live(filters.words ?? "")} @input=${this.type} @change=${this.typed} />
        </div>
        <details ?open=${window.matchMedia("(min-width: 48em)").matches}>
          <summary>${words.filters}${chosen ? html` <span class="chosen">${words.chosen(chosen)}</span>` : nothing}</summary>
          <div class="choices">${CHOSEN_FROM.map((name) => this.select(name))}${this.date("since")}${this.date("until")}</div>
        </details>
      </search>
      ${chosen ? this.taken(filters) : nothing}`;
  }

  private select(name: (typeof CHOSEN_FROM)[number]): TemplateResult {
    const chosen = this.query.filters[name] ?? "";
    const given = this.choices[name] ?? [];
    const options = given.some((one) => one.id === chosen) || !chosen ? given : [{ id: chosen, name: chosen, count: 0, type: null }, ...given];
    const types = [...new Set(options.map((one) => one.type))];
    const option = (one: Choice) =>
      html`<option value=${one.id} ?selected=${one.id === chosen}>${this.nameOf(name, one)} (${one.count})</option>`;
    return html`<div class="choice">
      <label for=${`filter-${name}`}>${words.names[name]}</label>
      <select id=${`filter-${name}`} .value=${live(chosen)} @change=${(event: Event) => this.choose(name, (event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${!chosen}>${words.all}</option>
        ${types.length > 1
          ? types.map((type) => html`<optgroup label=${words.groups[type ?? ""] ?? ""}>${options.filter((one) => one.type === type).map(option)}</optgroup>`)
          : options.map(option)}
      </select>
    </div>`;
  }

  private date(name: "since" | "until"): TemplateResult {
    const value = this.query.filters[name] ?? "";
    const change = (event: Event) => this.choose(name, (event.target as HTMLInputElement).value);
    const whole = value.length === 4 ? `${value}-${name === "since" ? "01-01" : "12-31"}` : value.length === 7 ? `${value}-${name === "since" ? "01" : lastDay(value)}` : value;
    return html`<div class="choice">
      <label for=${`filter-${name}`}>${words.names[name]}</label>
      <input id=${`filter-${name}`} type="date" min="0001-01-01" max="9999-12-31" .value=${live(whole)} @change=${change} />
    </div>`;
  }

  private taken(filters: Filters): TemplateResult {
    const names = Object.keys(filters) as Filter[];
    return html`<ul class="taken">
      ${names.map((name) => {
        const id = filters[name] ?? "";
        const known = this.choices[name]?.find((one) => one.id === id);
        const value = known ? this.nameOf(name, known) : name === "status" ? (strings.modality[id] ?? id) : id;
        return html`<li>
          <button type="button" class="chip" aria-label=${words.remove(words.names[name], value)} @click=${() => this.choose(name, "")}>
            <span>${words.names[name]}: <bdi>${value}</bdi></span>${icons.close}
          </button>
        </li>`;
      })}
      <li><button type="button" class="small quiet" @click=${() => this.tell("filter", {})}>${words.clear}</button></li>
    </ul>`;
  }

  private nameOf(name: string, choice: Choice): string {
    return name === "status" ? (strings.modality[choice.id] ?? choice.name) : choice.name;
  }

  private choose(name: Filter, value: string): void {
    const filters = { ...this.query.filters };
    if (value) filters[name] = value;
    else delete filters[name];
    this.tell("filter", filters);
    if (!value) void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#filter-${name}`)?.focus());
  }

  private type = (): void => {
    clearTimeout(this.typing);
    this.typing = window.setTimeout(this.typed, TYPING_MS);
  };

  private typed = (): void => {
    clearTimeout(this.typing);
    const value = this.querySelector<HTMLInputElement>("#filter-words")?.value.trim() ?? "";
    if (value === (this.query.filters.words ?? "")) return;
    const { words: _, ...rest } = this.query.filters;
    this.tell("filter", value ? { ...rest, words: value } : rest);
  };

  private async load(): Promise<void> {
    const wanted = JSON.stringify(this.query.filters);
    if (wanted === this.known) return;
    const turn = ++this.asked;
    try {
      const choices = await this.desk.choices(this.query.filters);
      if (turn === this.asked) [this.choices, this.known] = [choices, wanted];
    } catch {
      // the view tells of it
    }
  }
}

function lastDay(month: string): string {
  const [year, number] = month.split("-").map(Number);
  return String(new Date(Date.UTC(year ?? 2000, number ?? 1, 0)).getUTCDate()).padStart(2, "0");
}

define("rahdari-filters", RahdariFilters);
