// A figure with a picture in it, what it shows in words, and both of its downloads. Pictures are SVG; how they look is
// in the style sheet, so that they follow light and dark.
import { html, nothing, svg, type TemplateResult } from "lit";
import { type Cell, saveCsv, saveSvg } from "./download";
import { strings } from "./strings";
import { words } from "./strings-explore";

export const STATUSES = ["proposed", "planned", "agreed", "under_way", "done", "cancelled", "stated"] as const;

export interface Picture {
  /** Of the files. */
  file: string;
  name: string;
  about: string;
  width: number;
  height: number;
  drawn: TemplateResult | TemplateResult[];
  head: string[];
  rows: Cell[][];
  notes?: string[];
  /** Whether there is something to press in it, so that it is no mere picture. */
  pressed?: boolean;
}

export function figure(picture: Picture): TemplateResult {
  const { file, name, about, width, height } = picture;
  const svgOf = (event: Event) => (event.currentTarget as HTMLElement).closest("figure")?.querySelector<SVGSVGElement>("svg.drawn");
  const save = (event: Event) => {
    const drawn = svgOf(event);
    if (drawn) saveSvg(file, drawn);
  };
  return html`<figure class="picture">
    <figcaption>
      <h2>${name}</h2>
      <p>${about}</p>
    </figcaption>
    <div class="drawing" @keydown=${walk} @focusin=${arrive} @focusout=${leave}>
      <svg class="drawn" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role=${picture.pressed ? "group" : "img"}
        aria-labelledby=${`${file}-title`}>
        <title id=${`${file}-title`}>${name}. ${about}</title>
        ${picture.drawn}${picture.pressed ? svg`<circle class="ring" r="0"></circle>` : nothing}
      </svg>
    </div>
    ${(picture.notes ?? []).map((note) => html`<p class="note">${note}</p>`)}
    <div class="downloads">
      <button type="button" class="small" aria-label=${words.saveSvgOf(name)} @click=${save}>${words.saveSvg}</button>
      <button type="button" class="small" aria-label=${words.saveCsvOf(name)} @click=${() => saveCsv(file, picture.head, picture.rows)}>
        ${words.saveCsv}
      </button>
    </div>
  </figure>`;
}

/** The names of statuses with their colours. */
export function legend(statuses: readonly string[], width: number): { drawn: TemplateResult[]; height: number } {
  const square = (name: string) => (x: number, y: number) => svg`<rect class="piece ${name}" x=${x} y=${y - 6} width="12" height="12" rx="3"></rect>`;
  return keyed(statuses.map((name) => ({ label: strings.modality[name] ?? name, mark: square(name) })), width);
}

/** Marks with what they stand for, in lines as wide as the picture; gives back the height too. `mark`: left, middle. */
export function keyed(
  entries: { label: string; mark: (x: number, y: number) => TemplateResult }[], width: number,
): { drawn: TemplateResult[]; height: number } {
  let [x, y] = [0, 12];
  const drawn = entries.map(({ label, mark }) => {
    const wide = 28 + 7.4 * label.length;
    if (x > 0 && x + wide > width) [x, y] = [0, y + 22];
    const entry = svg`${mark(x, y - 4)}<text class="word" x=${x + 18} y=${y}>${label}</text>`;
    x += wide + 6;
    return entry;
  });
  return { drawn, height: y + 16 };
}

/** A text short enough for its place; the whole of it is in the tables. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…` : text;
}

/** What is pressed in a picture, in the order in which the arrow keys lead through it. The Tab key finds one of them. */
function presses(event: Event): SVGElement[] {
  const all = [...(event.currentTarget as HTMLElement).querySelectorAll<SVGElement>("[role=button]")];
  return all.sort((a, b) => Number(a.dataset["order"]) - Number(b.dataset["order"]));
}

function arrive(event: Event): void {
  const target = event.target as SVGGraphicsElement;
  for (const one of presses(event)) one.setAttribute("tabindex", one === target ? "0" : "-1");
  if (!target.matches(":focus-visible")) return;
  const box = target.getBBox();
  const place = { cx: box.x + box.width / 2, cy: box.y + box.height / 2, r: Math.max(box.width, box.height) / 2 + 3 };
  for (const [name, value] of Object.entries(place)) ring(event)?.setAttribute(name, String(value));
}

function leave(event: Event): void {
  ring(event)?.setAttribute("r", "0");
}

/** What shows where the focus is: above all else, for what has it may lie below another. */
function ring(event: Event): SVGElement | null {
  return (event.currentTarget as HTMLElement).querySelector<SVGElement>(".ring");
}

function walk(event: KeyboardEvent): void {
  const all = presses(event);
  const at = all.indexOf(event.target as SVGElement);
  if (at < 0) return;
  const steps: Record<string, number> = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
  const next = steps[event.key];
  if (next === undefined && event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  if (next === undefined) all[at]?.dispatchEvent(new MouseEvent("click", { bubbles: true })); // its detail is 0, as of buttons
  else all[next]?.focus();
}
