// A fact in the document's own words, as far as they stand in a row.
import type { Row } from "./explore-desk";
import { readable } from "./markdown";
import { day } from "./text";

const APART = 60; // characters that may stand between subject and object
const LONGEST = 240;

/**
 * The part of the passage that tells the fact: what comes before, the subject, and the rest. Of a table's row whose unit
 * or subject stands in the header, or above the table, it is both as the fact has them.
 */
export function statement(row: Row): [string, string] {
  const cells = /^\s*\|.*\|\s*$/.test(row.text);
  const at = row.subject ? row.text.indexOf(row.subject) : -1;
  const after = at + row.subject.length;
  const object = row.object ? row.text.indexOf(row.object, after) : -1;
  if (cells && row.object && (at < 0 || object < 0)) return [plain(row.subject), shortened(` · ${plain(row.object)}`)];
  if (at < 0) return ["", shortened(plain(row.text).trim())];
  const near = object >= 0 && object - after < APART;
  const end = near ? object + row.object.length : row.text.length;
  const told = row.text.slice(after, end);
  const rest = plain(cells ? told.replace(/\s*\|\s*$/, "").replace(/\s*\|\s*/g, " · ") : told);
  return [plain(row.subject), shortened(rest)];
}

/** A date as people read it, as far as it is told. */
export function when(date: string | null): string | null {
  if (!date || !/^\d{4}-\d{2}$/.test(date)) return day(date);
  const options: Intl.DateTimeFormatOptions = { month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat("en-GB", options).format(new Date(`${date}-01T00:00:00Z`));
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, text.lastIndexOf(" ", LONGEST))} …` : text;
}

function plain(text: string): string {
  return readable(text).replace(/[\s*_]+/g, " ");
}
