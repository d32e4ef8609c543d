// Asks before something is lost.
import { html, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { define, Part } from "./part";

/** Tells `confirmed` and `dismissed`. */
export class RahdariConfirmation extends Part {
  @property() question = "";
  @property() yes = "";
  @property() no = "";

  /** Give the focus to the answer by which nothing is lost. */
  override focus(): void {
    this.querySelector<HTMLElement>(".quiet")?.focus();
  }

  protected override render(): TemplateResult {
    return html`<div class="banner confirmation" role="group" aria-labelledby="confirmation-question">
      <p id="confirmation-question">${this.question}</p>
      <button type="button" class="small" @click=${() => this.tell("confirmed", null)}>${this.yes}</button>
      <button type="button" class="small quiet" @click=${() => this.tell("dismissed", null)}>${this.no}</button>
    </div>`;
  }
}

define("rahdari-confirmation", RahdariConfirmation);
