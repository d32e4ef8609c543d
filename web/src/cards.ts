// A table whose rows become cards on a small window; roles keep it a table for screen readers.
import { html, nothing, type TemplateResult } from "lit";

export interface Column {
  /** Its head; on a card it stands before what is in it, unless it speaks for itself. */
  name: string;
  kind: string;
  plain?: boolean;
}

/** `rows`: a cell for each column; a card leaves out those that are empty. */
export function cards(label: string, look: string, columns: Column[], rows: unknown[][]): TemplateResult {
  return html`<table class=${`cards ${look}`} role="table" aria-label=${label}>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(({ name, kind }) => html`<th role="columnheader" scope="col" class=${kind}>${name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map((row) => html`<tr role="row">${row.map((content, place) => cell(columns[place] as Column, content))}</tr>`)}
    </tbody>
  </table>`;
}

function cell({ name, kind, plain }: Column, content: unknown): TemplateResult {
  const empty = content === null || content === undefined || content === "" || content === nothing;
  const head = plain ? nothing : html`<span class="name" aria-hidden="true">${name}</span>`;
  return html`<td role="cell" class=${`${kind}${empty ? " void" : ""}`}>${head}${empty ? nothing : content}</td>`;
}
