// A fact in the document's own words, as far as they stand in a row.
import type { Row } from "./explore-desk";
import { readable } from "./text";

const APART = 60; // characters that may stand between subject and object
const LONGEST = 240;

/** The part of the passage that tells the fact: what comes before, the subject, and the rest. */
export function statement(row: Row): [string, string] {
  const at = row.subject ? row.text.indexOf(row.subject) : -1;
  if (at < 0) return ["", plain([row.subject, row.predicate, row.object].filter(Boolean).join(" · "))];
  const after = at + row.subject.length;
  const object = row.object ? row.text.indexOf(row.object, after) : -1;
  const near = object >= 0 && object - after < APART;
  const end = near ? object + row.object.length : row.text.length;
  const rest = plain(row.text.slice(after, end));
  return [plain(row.subject), rest.length > LONGEST ? `${rest.slice(0, rest.lastIndexOf(" ", LONGEST))} …` : rest];
}

function plain(text: string): string {
  return readable(text).replace(/[\s*_]+/g, " ");
}
