// Where a question is typed. Enter sends, Shift and Enter begin a new line.
import { html, type TemplateResult } from "lit";
import { property, query } from "lit/decorators.js";
import * as icons from "./icons";
import { define, Part } from "./part";
import { strings } from "./strings";

const LONGEST = 4000; // characters, as the server takes them

/** Tells `ask` (text), and `draft` (text) with each change of what is typed. */
export class RahdariComposer extends Part {
  /** What was typed, and not sent, when this was closed. */
  @property({ attribute: false }) draft = "";
  @query("textarea") private field!: HTMLTextAreaElement | null;

  override focus(): void {
    this.field?.focus({ preventScroll: true });
  }

  /** Put back a text that could not be sent, unless something else was begun meanwhile. */
  restore(text: string): void {
    if (this.field && !this.field.value) this.field.value = text;
    this.typed();
  }

  protected override firstUpdated(): void {
    if (this.draft) this.restore(this.draft);
  }

  protected override render(): TemplateResult {
    return html`<form class="composer" @submit=${this.submit}>
      <label class="unseen" for="question">${strings.question}</label>
      <textarea
        id="question"
        rows="1"
        maxlength=${LONGEST}
        dir="auto"
        placeholder=${strings.placeholder}
        autocomplete="off"
        enterkeyhint="send"
        @input=${this.typed}
        @keydown=${this.key}
      ></textarea>
      <button type="submit" class="send" aria-label=${strings.send} title=${strings.send}>
        ${icons.send}
      </button>
    </form>`;
  }

  private submit(event: Event): void {
    event.preventDefault();
    const text = this.field?.value.trim();
    if (!text || !this.field) return;
    this.field.value = "";
    this.typed();
    this.tell("ask", text);
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    this.submit(event);
  }

  private typed(): void {
    if (!this.field) return;
    this.tell("draft", this.field.value);
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }
}

define("rahdari-composer", RahdariComposer);
