// Small drawings, each a stroke in the colour of the text around it.
import { svg, type TemplateResult } from "lit";

function icon(path: TemplateResult): TemplateResult {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${path}</svg>`;
}

export const arch = icon(svg`<path d="M4 21V11a8 8 0 0 1 16 0v10M9 21v-9a3 3 0 0 1 6 0v9M2 21h20" />`);
export const close = icon(svg`<path d="M6 6l12 12M18 6L6 18" />`);
export const anew = icon(svg`<path d="M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5" />`);
export const send = icon(svg`<path d="M12 19V5M6 11l6-6 6 6" />`);
export const copy = icon(svg`<path d="M9 9h11v11H9zM5 15H4V4h11v1" />`);
export const check = icon(svg`<path d="M5 13l4 4L19 7" />`);
export const up = icon(svg`<path d="M7 11v9H4v-9zM7 11l4-8c1.7 0 2.5 1 2.2 2.6L12.6 9H19a1.6 1.6 0 0 1 1.6 2l-1.7 7.4A2 2 0 0 1 17 20H7" />`);
export const down = icon(svg`<path d="M7 13V4H4v9zM7 13l4 8c1.7 0 2.5-1 2.2-2.6L12.6 15H19a1.6 1.6 0 0 0 1.6-2l-1.7-7.4A2 2 0 0 0 17 4H7" />`);
export const outward = icon(svg`<path d="M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5" />`);
