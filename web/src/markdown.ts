// A document's text as people read it: without the signs by which Markdown marks headings, weight, links, code and
// cells, and its tables as tables. `readable` in rahdari/channels/markdown.py does the same, and tells of the signs;
// tests/channels/markdown_cases.json holds both to it.
import { html, nothing, type TemplateResult } from "lit";
import { strings } from "./strings";

const RULE = /^[ \t]*(?:\|[ \t]*)?:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*(?:\n|$)/gm;
const ROW = /^[ \t]*\|(.*)\|[ \t]*$/gm;
const PLAIN: [RegExp, string][] = [
  [/^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/gm, "$1"],
  [/^ {0,3}(?:>[ \t]?)+/gm, ""],
  [/^([ \t]*)[*+][ \t]+(?=\S)/gm, "$1- "],
  [/!?\[([^[\]\n]*)\]\((?:<[^<>\n]*>|[^\s()<>]+)(?:[ \t]+"[^"\n]*")?\)/g, "$1"],
  [/<((?:https?:\/\/|mailto:)[^\s<>]+)>/g, "$1"],
];
const CODE = /(`{1,3})(?!`)([^`\n]+)\1(?!`)/g;
const INSIDE = String.raw`((?:[^\s*_~\\]|\\.)|(?:[^\s~\\]|\\.)(?:[^\n\\]|\\.|\n(?!\s*\n)){0,300}?[^\s~\\])`;
const WEIGHT = ["***", "**", "__", "~~", "*", "_"].map((mark) => {
  const [sign, escaped] = [mark.charAt(0), mark.replaceAll("*", "\\*")];
  return new RegExp(String.raw`(^|[^\p{L}\p{N}_\\${sign}])${escaped}(?![\s${sign}])${INSIDE}${escaped}(?![\p{L}\p{N}_${sign}])`, "gu");
});
const LEFT_OVER = /(^|[\s(“"])(?:\*{2,3}|__)(?=[^\s*_])|([^\s*_\\])(?:\*{2,3}|__)(?=$|[\s.,;:!?)”"])/g;
const ESCAPED = /\\([\\`*_{}[\]()#+.!|<>~-])/g;

export function readable(text: string): string {
  let shown = text.replace(RULE, (rule) => (rule.includes("|") ? "" : rule));
  shown = shown.replace(ROW, (_, row: string) => cells(row).map((cell) => cell.text.trim()).filter(Boolean).join(" · "));
  for (const [sign, plain] of PLAIN) shown = shown.replace(sign, plain);
  shown = shown.replace(CODE, (_, __, code: string) => code.trim());
  for (const sign of WEIGHT) shown = shown.replace(sign, "$1$2");
  shown = shown.replace(LEFT_OVER, (_, before?: string, last?: string) => before ?? last ?? ""); // of weight that goes on beyond the passage
  return shown.replace(ESCAPED, "$1");
}

/** A quote on one line. */
export function oneLine(text: string): string {
  return readable(text).replace(/\s+/g, " ").trim();
}

interface Cell {
  text: string;
  start: number;
}

/** What stands between a row's lines, which are escaped where they are meant as themselves. */
function cells(row: string, from = 0): Cell[] {
  const found: Cell[] = [{ text: "", start: from }];
  let at = from;
  for (const piece of row.match(/\\.|\\|\||[^\\|]+/g) ?? []) {
    at += piece.length;
    if (piece === "|") found.push({ text: "", start: at });
    else (found.at(-1) as Cell).text += piece;
  }
  return found;
}

interface Block {
  start: number;
  lines: string[];
  table: boolean;
}

/** A text with the part from `start` to `end` marked, and its pipe tables as tables. */
export function passage(text: string, start: number, end: number): TemplateResult {
  return html`${blocks(text).map((block) => (block.table ? table(block, start, end) : prose(block, start, end)))}`;
}

function blocks(text: string): Block[] {
  const found: Block[] = [];
  let at = 0;
  for (const line of text.match(/[^\n]*\n|[^\n]+/g) ?? []) {
    const table = /^[ \t]*\|.*\|\s*$/.test(line);
    const last = found.at(-1);
    if (last?.table === table) last.lines.push(line);
    else found.push({ start: at, lines: [line], table });
    at += line.length;
  }
  return found;
}

function prose({ start: from, lines }: Block, start: number, end: number): TemplateResult {
  const text = lines.join("");
  const [first, last] = [start - from, end - from].map((place) => Math.min(text.length, Math.max(0, place))) as [number, number];
  const marked = text.slice(first, last);
  return html`${readable(text.slice(0, first))}${marked ? html`<mark>${readable(marked)}</mark>` : nothing}${readable(text.slice(last))}`;
}

function table({ start: from, lines }: Block, start: number, end: number): TemplateResult {
  let at = from;
  const rows = lines.map((line) => {
    const [first, last] = [line.indexOf("|") + 1, line.lastIndexOf("|")];
    const row = { rules: /^[\s|:-]+$/.test(line), cells: cells(line.slice(first, last), at + first) };
    at += line.length;
    return row;
  });
  const shown = ({ text, start: place }: Cell) => {
    const plain = readable(text.trim());
    return plain && place < end && place + text.length > start ? html`<mark>${plain}</mark>` : plain;
  };
  const head = rows[1]?.rules ? rows[0] : undefined;
  const body = rows.filter((row) => row !== head && !row.rules);
  return html`<div class="table" tabindex="0" role="group" aria-label=${strings.table}><table>
    ${head ? html`<thead><tr>${head.cells.map((cell) => html`<th scope="col">${shown(cell)}</th>`)}</tr></thead>` : nothing}
    <tbody>${body.map((row) => html`<tr>${row.cells.map((cell) => html`<td>${shown(cell)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}
