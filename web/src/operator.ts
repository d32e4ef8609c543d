// <rahdari-operator>: what was read, what was left out, what people asked in vain, what they thought of answers.
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { Api, Refused } from "./api";
import { type Cell, saveCsv } from "./download";
import { address } from "./origin";
import { define } from "./part";
import { words } from "./strings-explore";
import { exploreStyles } from "./styles-explore";
import { styles } from "./styles";
import { safeLink } from "./text";

type Entry = Record<string, Cell>;

interface Report {
  built: string | null;
  documents: Entry[];
  left_out: Entry[];
  unanswered: Entry[];
  feedback: Entry[];
  problems: string[];
  keeps_unanswered: boolean;
}

interface Section {
  file: string;
  name: string;
  about?: string;
  none: string;
  columns: string[];
  rows: Entry[];
}

const KEPT = "rahdari-operator-token"; // in the storage of this tab, which ends with it
const NUMBERS = new Set(["sentences", "facts", "count"]);
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
      { file: "feedback", name: words.feedback, none: words.nothingFeedback, columns: ["time", "verdict", "words", "channel", "answer"], rows: report.feedback },
    ];
    return html`${report.problems.map((problem) => html`<p class="alarm">${problem}</p>`)}
      ${report.built ? html`<p class="found">${words.built(moment(report.built))}</p>` : nothing} ${sections.map((one) => this.section(one))}`;
  }

  private section({ file, name, about, none, columns, rows }: Section): TemplateResult {
    const save = () => saveCsv(file, columns, rows.map((row) => columns.map((column) => row[column] ?? null)));
    return html`<section class="part" aria-labelledby=${file}>
      <div class="table-head">
        <h2 id=${file}>${name}${rows.length ? ` (${rows.length})` : ""}</h2>
        ${rows.length ? html`<button type="button" class="small" aria-label=${words.saveCsvOf(name)} @click=${save}>${words.saveCsv}</button>` : nothing}
        ${about ? html`<p>${about}</p>` : nothing}
      </div>
      ${rows.length
        ? html`<div class="wide" tabindex="0" role="region" aria-label=${name}>
            <table>
              <thead>
                <tr>${columns.map((column) => html`<th scope="col" class=${kind(column)}>${words.head[column]}</th>`)}</tr>
              </thead>
              <tbody>
                ${rows.map((row) => html`<tr>${columns.map((column) => html`<td class=${kind(column)}>${shown(column, row)}</td>`)}</tr>`)}
              </tbody>
            </table>
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

function kind(column: string): string {
  return NUMBERS.has(column) ? "of-number" : TIMES.has(column) ? "of-time" : `of-${column}`;
}

function shown(column: string, row: Entry): unknown {
  const value = row[column] ?? null;
  if (column === "title") {
    const link = safeLink(row["source"] as string | null);
    const title = html`<bdi>${value ?? row["id"]}</bdi>`;
    return link ? html`<a href=${link} target="_blank" rel="noopener noreferrer">${title}</a>` : title;
  }
  if (value === null) return nothing;
  if (TIMES.has(column)) return moment(String(value));
  if (column === "status") return words.statuses[String(value)] ?? value;
  if (column === "verdict") return words.verdicts[String(value)] ?? value;
  return typeof value === "number" ? value : html`<bdi>${value}</bdi>`;
}

function moment(time: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(new Date(time));
}

define("rahdari-operator", RahdariOperator);
