// One reply: text, labels, sources, what can be done with it, and what to ask next.
import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { copy } from "./clipboard";
import * as icons from "./icons";
import { readable } from "./markdown";
import { define, Part } from "./part";
import { strings } from "./strings";
import * as text from "./text";
import type { Citation, Replied, Verdict } from "./types";

const COPIED_MS = 2500;

export interface Rating {
  id: string;
  verdict: Verdict;
  words: string | null;
  kept: (done: boolean) => void;
}

export interface Opening {
  citation: Citation;
  opener: HTMLElement;
}

/** Tells `open-source` (Opening), `rate` (Rating) and `suggest` (text). */
export class RahdariAnswer extends Part {
  @property({ attribute: false }) entry!: Replied;
  @property() chosen = ""; // the source that is open, as `answer id/citation id`
  @state() private copied: "" | "yes" | "no" = "";
  @state() private wording: Verdict | null = null;
  @state() private thanked = false;

  protected override render(): TemplateResult {
    const { answer } = this.entry;
    return html`
      <div class="bubble">
        <p class="said" dir="auto">${answer.text}${answer.citations.map((one) => this.mark(one))}</p>
        ${this.labels()} ${answer.citations.length ? this.sources() : nothing}
      </div>
      ${this.entry.rateable ? this.tools() : nothing}
      ${answer.suggestions.length ? this.chips() : nothing}
    `;
  }

  private mark(citation: Citation): TemplateResult {
    const name = `${strings.source(citation.id)}: ${citation.title ?? citation.document}`;
    const open = (event: Event) => this.open(event, citation);
    return html`<button type="button" class="mark" aria-label=${name} @click=${open}>${citation.id}</button>`;
  }

  private labels(): TemplateResult | typeof nothing {
    const found = text.labels(this.entry.answer);
    if (!found.length) return nothing;
    return html`<ul class="labels" aria-label=${strings.labels}>
      ${found.map((label) => html`<li class="label" dir="auto">${label}</li>`)}
    </ul>`;
  }

  private labelsOf(citation: Citation): TemplateResult | typeof nothing {
    const found = text.labels(this.entry.answer, citation);
    if (!found.length) return nothing;
    return html`<span class="labels">${found.map((label) => html`<bdi class="label">${label}</bdi><span class="unseen">, </span>`)}</span>`;
  }

  private sources(): TemplateResult {
    const { answer } = this.entry;
    const one = text.onlyDocument(answer); // whose title then stands there once
    const { differing, others } = text.sides(answer.citations);
    const [id, rest] = [`sources-${answer.id}`, `others-${answer.id}`];
    const listed = (citations: Citation[]) => citations.map((each) => this.source(each, !one));
    return html`<section class="sources" aria-labelledby=${differing.length ? id : rest}>
      ${differing.length
        ? html`<p id=${id} class="title differ">${strings.differ}</p>
            <ol class="sides">
              ${differing.map((side) => html`<li>${listed(side)}</li>`)}
            </ol>`
        : nothing}
      ${others.length
        ? html`<p id=${rest} class="title">${differing.length ? strings.otherSources : strings.sources}</p>
            ${one ? this.whence(one) : nothing}
            <ol>
              ${listed(others).map((each) => html`<li>${each}</li>`)}
            </ol>`
        : nothing}
    </section>`;
  }

  private whence(citation: Citation): TemplateResult {
    const [title, ...rest] = text.whence(citation);
    return html`<span class="whence"
      ><bdi class="title">${title}</bdi>${rest.map((part) => html`<span class="dot"> · </span><bdi>${part}</bdi>`)}</span
    >`;
  }

  private source(citation: Citation, alone: boolean): TemplateResult {
    const chosen = this.chosen === `${this.entry.id}/${citation.id}`;
    return html`<button
      type="button"
      class="source"
      aria-expanded=${chosen ? "true" : "false"}
      @click=${(event: Event) => this.open(event, citation)}
    >
      <span class="number"><span class="unseen">${strings.source(citation.id)}: </span><span aria-hidden="true">${citation.id}</span></span>
      <span class="about">
        ${citation.role === "nearest" ? html`<span class="nearest">${strings.nearest}</span>` : nothing}
        <q class="quote ${text.quoted(citation.quote) ? "bare" : ""}" dir="auto">${readable(citation.quote.trim())}</q>
        ${alone ? this.whence(citation) : nothing}
        ${this.labelsOf(citation)}
      </span>
    </button>`;
  }

  private tools(): TemplateResult {
    const { verdict } = this.entry;
    const said = { "": "", yes: strings.copied, no: strings.notCopied }[this.copied];
    return html`<div class="tools" aria-live="off">
        <button type="button" class="tool" aria-label=${strings.copy} title=${strings.copy} @click=${this.copy}>
          ${this.copied === "yes" ? icons.check : icons.copy}
        </button>
        ${this.thumb("up", strings.good, verdict)} ${this.thumb("down", strings.bad, verdict)}
        <span class="told" role="status">${said || (this.thanked ? strings.thanks : "")}</span>
      </div>
      ${this.wording ? this.words(this.wording) : nothing}`;
  }

  private thumb(verdict: Verdict, name: string, now: Verdict | null): TemplateResult {
    const press = () => {
      this.thanked = false;
      this.wording = verdict;
      this.rate(verdict, null, false);
      void this.updateComplete.then(() => this.querySelector<HTMLElement>(".words input")?.focus());
    };
    return html`<button
      type="button"
      class="tool"
      aria-label=${name}
      title=${name}
      aria-pressed=${now === verdict ? "true" : "false"}
      @click=${press}
    >
      ${icons[verdict]}
    </button>`;
  }

  private words(verdict: Verdict): TemplateResult {
    const id = `words-${this.entry.id}`;
    const finish = () => {
      this.wording = null;
      this.querySelector<HTMLElement>(`.tool[aria-pressed="true"]`)?.focus();
    };
    const send = (event: SubmitEvent) => {
      event.preventDefault();
      const field = this.querySelector<HTMLInputElement>(".words input");
      if (field?.value.trim()) this.rate(verdict, field.value.trim(), true);
      finish();
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // only this is closed
      finish();
    };
    return html`<form class="words" aria-live="off" @submit=${send} @keydown=${escape}>
      <label for=${id}>${strings.words[verdict]}</label>
      <input id=${id} type="text" maxlength="500" dir="auto" autocomplete="off" />
      <button type="submit" class="small">${strings.sendWords}</button>
      <button type="button" class="small quiet" @click=${finish}>${strings.skipWords}</button>
    </form>`;
  }

  private chips(): TemplateResult {
    const { answer } = this.entry;
    const name = answer.status === "clarify" ? strings.choicesLabel : strings.suggestionsLabel;
    return chips(answer.suggestions, name, (suggestion) => this.tell("suggest", suggestion));
  }

  private open(event: Event, citation: Citation): void {
    const detail: Opening = { citation, opener: event.currentTarget as HTMLElement };
    this.tell("open-source", detail);
  }

  private rate(verdict: Verdict, words: string | null, thank: boolean): void {
    const kept = (done: boolean) => (this.thanked = done && thank);
    const detail: Rating = { id: this.entry.id, verdict, words, kept };
    this.tell("rate", detail);
  }

  private copy = async (): Promise<void> => {
    const done = await copy(text.withSources(this.entry.answer, this.entry.links), this);
    this.copied = done ? "yes" : "no";
    setTimeout(() => (this.copied = ""), COPIED_MS);
  };
}

/** Questions to press. */
export function chips(questions: string[], name: string, press: (question: string) => void): TemplateResult {
  return html`<div class="chips" role="group" aria-label=${name}>
    ${questions.map(
      (one) => html`<button type="button" class="chip" dir="auto" @click=${() => press(one)}>${one}</button>`,
    )}
  </div>`;
}

define("rahdari-answer", RahdariAnswer);
