// Parts of the chat: elements that render into the shadow tree of <rahdari-chat>, so that one style sheet and one set
// of ids serve all of them.
import { LitElement } from "lit";

export class Part extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Tell the chat of something. */
  protected tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

/** Define an element, unless the script was loaded before. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
