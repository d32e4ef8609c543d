// <rahdari-operator>: what was read, what was left out, what people asked in vain, what they thought of answers.
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { Api, Refused } from "./api";
import { cards, type Column } from "./cards";
import { type Cell, saveCsv } from "./download";
import { address } from "./origin";
import { define } from "./part";
import { words } from "./strings-explore";
import { exploreStyles } from "./styles-explore";
import { styles } from "./styles";
import { safeLink } from "./text";

type Entry = Record<string, Cell | string[]>;

interface Report {
  built: string | null;
  documents: Entry[];
  left_out: Entry[];
  unanswered: Entry[];
  feedback: (Entry & { documents: string[] })[];
  problems: string[];
  keeps_unanswered: boolean;
}

interface Section {
  file: string;
  name: string;
  about?: string;
  none: string;
  columns: string[];
  /** What a file has beyond these columns. */
  more?: string[];
  rows: Entry[];
}

const KEPT = "rahdari-operator-token"; // in the storage of this tab, which ends with it
const LONG = 140; // characters of an answer that are shown at once
const NUMBERS = new Set(["sentences", "facts", "count"]);
const FIRST = new Set(["title", "path", "text", "asked"]); // what a card is headed by
const TIMES = new Set(["first", "last", "time"]);

class OperatorApi extends Api {
  report(token: string | null): Promise<Report> {
    return this.call("operator/report", token);
  }
}

export class RahdariOperator extends LitElement {
  static override styles = [...styles, exploreStyles];

  /** The address of the web channel. */
  @property() api: string | null = null;
  @state() private report: Report | null = null;
  @state() private closed = false;
  @state() private notice = "";
  @query("input") private field!: HTMLInputElement | null;
  private desk!: OperatorApi;

  override connectedCallback(): void {
    super.connectedCallback();
    this.desk = new OperatorApi(address(null, this.api));
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<div class="explore">
      <main>
        <header class="top">
          <div>
            <h1>${words.operator}</h1>
            <p>${words.operatorTagline}</p>
          </div>
          ${this.report ? html`<button type="button" class="small" @click=${() => void this.load()}>${words.refresh}</button>` : nothing}
          ${kept() && this.report ? html`<button type="button" class="small quiet" @click=${this.forget}>${words.forget}</button>` : nothing}
        </header>
        <div role="alert">${this.notice ? html`<p class="alarm">${this.notice}</p>` : nothing}</div>
        ${this.closed ? this.form() : this.report ? this.parts(this.report) : html`<p class="empty" role="status">${this.notice ? nothing : words.loading}</p>`}
      </main>
    </div>`;
  }

  private form(): TemplateResult {
    return html`<form class="token" @submit=${this.unlock}>
      <label for="token">${words.token}</label>
      <input id="token" type="password" autocomplete="off" required aria-describedby="token-hint" />
      <p id="token-hint">${words.tokenHint}</p>
      <button type="submit" class="small">${words.open}</button>
    </form>`;
  }

  private parts(report: Report): TemplateResult {
    const sections: Section[] = [
      { file: "documents", name: words.documents, none: words.noDocuments, columns: ["title", "publisher", "published", "sentences", "facts", "id"], rows: report.documents },
      { file: "left-out", name: words.leftOut, about: words.leftOutAbout, none: words.nothingLeftOut, columns: ["path", "reason"], rows: report.left_out },
      {
        file: "unanswered", name: words.unanswered, about: words.unansweredAbout, columns: ["text", "status", "count", "first", "last"],
        none: report.keeps_unanswered ? words.nothingUnanswered : words.keptOff, rows: report.unanswered,
      },
      {
        file: "feedback", name: words.feedback, about: words.feedbackAbout, none: words.nothingFeedback,
        columns: ["time", "verdict", "words", "asked", "answered", "documents", "channel"],
        more: ["understood", "status", "text", "answer"], rows: report.feedback,
      },
    ];
    return html`${report.problems.map((problem) => html`<p class="alarm">${problem}</p>`)}
      ${report.built ? html`<p class="found">${words.built(moment(report.built))}</p>` : nothing} ${sections.map((one) => this.section(one))}`;
  }

  private section({ file, name, about, none, columns, more = [], rows }: Section): TemplateResult {
    const saved = [...columns, ...more].filter((column) => column !== "answered");
    const save = () => saveCsv(file, saved, rows.map((row) => saved.map((column) => plain(row[column] ?? null))));
    return html`<section class="part" aria-labelledby=${file}>
      <div class="table-head">
        <h2 id=${file}>${name}${rows.length ? ` (${rows.length})` : ""}</h2>
        ${rows.length ? html`<button type="button" class="small" aria-label=${words.saveCsvOf(name)} @click=${save}>${words.saveCsv}</button>` : nothing}
        ${about ? html`<p>${about}</p>` : nothing}
      </div>
      ${rows.length
        ? html`<div class="wide" tabindex="0" role="region" aria-label=${name}>
            ${cards(name, "", columns.map((column) => head(column)), rows.map((row) => columns.map((column) => shown(column, row))))}
          </div>`
        : html`<p class="found">${none}</p>`}
    </section>`;
  }

  private async load(): Promise<void> {
    const token = kept();
    try {
      this.report = await this.desk.report(token);
      [this.closed, this.notice] = [false, ""];
    } catch (error) {
      const refused = error instanceof Refused;
      if (refused && error.status === 401) {
        [this.report, this.closed] = [null, true];
        this.notice = token ? words.wrong : error.message;
        keep(null);
        await this.updateComplete;
        if (this.field) this.field.value = "";
        this.field?.focus();
      } else this.notice = refused ? error.message : words.unreachable;
    }
  }

  private unlock = (event: SubmitEvent): void => {
    event.preventDefault();
    keep(this.field?.value.trim() || null);
    void this.load();
  };

  private forget = (): void => {
    keep(null);
    [this.report, this.closed, this.notice] = [null, true, ""];
    void this.updateComplete.then(() => this.field?.focus());
  };
}

let memory: string | null = null; // where the browser keeps nothing

function kept(): string | null {
  try {
    return sessionStorage.getItem(KEPT) ?? memory;
  } catch {
    return memory;
  }
}

function keep(token: string | null): void {
  memory = token;
  try {
    if (token === null) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, token);
  } catch {
    // it lives as long as the page
  }
}

function head(column: string): Column {
  return { name: words.head[column] ?? column, kind: kind(column), plain: FIRST.has(column) };
}

function kind(column: string): string {
  return NUMBERS.has(column) ? "of-number" : TIMES.has(column) ? "of-time" : `of-${column}`;
}

function shown(column: string, row: Entry): unknown {
  const value = plain(row[column] ?? null);
  if (column === "title") {
    const link = safeLink(row["source"] as string | null);
    const title = html`<bdi>${value ?? row["id"]}</bdi>`;
    return link ? html`<a href=${link} target="_blank" rel="noopener noreferrer">${title}</a>` : title;
  }
  if (column === "asked") return question(row);
  if (column === "answered") return answer(row);
  if (value === null || value === "") return nothing;
  if (TIMES.has(column)) return moment(String(value));
  if (column === "status") return words.statuses[String(value)] ?? value;
  if (column === "verdict") return words.verdicts[String(value)] ?? value;
  return typeof value === "number" ? value : html`<bdi>${value}</bdi>`;
}

function plain(value: Cell | string[]): Cell {
  return Array.isArray(value) ? value.join("; ") : value;
}

/** A question as it was typed and, where what was said before completes it, as it was understood. */
function question({ asked, understood, answer }: Entry): unknown {
  if (asked == null) return html`<span class="lesser">${words.notKept(String(answer))}</span>`;
  const whole = understood && understood !== asked ? html`<p class="lesser">${words.understood} <bdi>${understood}</bdi></p>` : nothing;
  return html`<bdi>${asked}</bdi>${whole}`;
}

function answer({ text, status }: Entry): unknown {
  if (typeof text !== "string") return nothing;
  const kind = html`<p class="lesser">${words.statuses[String(status)] ?? status}</p>`;
  const end = text.length > LONG ? text.lastIndexOf(" ", LONG) : -1;
  if (end < 0) return html`<bdi>${text}</bdi>${kind}`;
  return html`<details><summary><bdi>${text.slice(0, end)} …</bdi></summary><bdi>${text.slice(end)}</bdi></details>${kind}`;
}

function moment(time: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(new Date(time));
}

define("rahdari-operator", RahdariOperator);
