// Tables and pictures as files.
import { visible } from "./text";

export type Cell = string | number | null;

// Spreadsheets take a text that begins like this for a formula: https://owasp.org/www-community/attacks/CSV_Injection
const FORMULA = /^(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|\t)/;
// What a picture's look hangs on, and what is written into its file.
const LOOK = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "font-family", "font-size", "font-weight",
  "text-anchor", "dominant-baseline", "paint-order", "stroke-linejoin", "opacity",
];

// What of a picture only this page can use.
const FOR_THE_PAGE = ["class", "role", "tabindex", "aria-label", "aria-hidden", "data-order"];

/** A text that a spreadsheet would run with an apostrophe before it; `spreadsheet_cell` in rahdari/channels/text.py does the same. */
function safe(text: string): string {
  const shown = visible(text.replaceAll("\r\n", "\n").replaceAll("\r", "\ufffd"));
  return FORMULA.test(shown) ? `'${shown}` : shown;
}

/** A table as CSV (RFC 4180). */
export function csv(head: string[], rows: Cell[][]): string {
  const cell = (value: Cell): string => {
    const text = typeof value === "string" ? safe(value) : String(value ?? "");
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

export function saveCsv(name: string, head: string[], rows: Cell[][]): void {
  save(`${name}.csv`, "text/csv;charset=utf-8", `\ufeff${csv(head, rows)}`); // the mark tells spreadsheets that it is UTF-8
}

/** A picture as it looks now, which needs nothing of this page to look the same elsewhere. */
export function saveSvg(name: string, picture: SVGSVGElement): void {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const [shown, copied] = [picture, copy].map((one) => [one, ...one.querySelectorAll<SVGElement>("*")]);
  shown?.forEach((element, place) => {
    const target = copied?.[place];
    if (!target) return;
    const look = getComputedStyle(element);
    for (const property of LOOK) {
      const value = look.getPropertyValue(property);
      if (value && value !== "normal" && value !== "auto") target.setAttribute(property, value);
    }
    for (const name of FOR_THE_PAGE) target.removeAttribute(name);
  });
  copy.querySelector("[r='0']")?.remove(); // where the focus would be
  const comments = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.parentNode?.removeChild(comment);
  const back = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const colour = getComputedStyle(picture.parentElement ?? picture).getPropertyValue("--_surface").trim();
  for (const [key, value] of Object.entries({ width: "100%", height: "100%", fill: colour || "#ffffff" })) back.setAttribute(key, value);
  copy.insertBefore(back, [...copy.children].find((one) => !/^(title|desc)$/.test(one.nodeName)) ?? null);
  copy.setAttribute("role", "img");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  save(`${name}.svg`, "image/svg+xml;charset=utf-8", new XMLSerializer().serializeToString(copy));
}

function save(name: string, type: string, content: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 30_000);
}
