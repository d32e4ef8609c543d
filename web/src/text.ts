// Pure functions from records to text.
import { oneLine } from "./markdown";
import { strings } from "./strings";
import type { Answer, Citation, Fact, Source } from "./types";

/** Where a citation comes from, as far as it is known: title, publisher, date. */
export function whence(citation: Citation): string[] {
  return [citation.title ?? citation.document, citation.publisher, day(citation.published)].filter(known);
}

/** What tells a document with the same text from the one that is cited: its publisher, else its title, else its id. */
export function nameOf(other: Source, citation: Citation): string {
  const title = other.title !== citation.title ? other.title : null;
  return (other.publisher !== citation.publisher ? other.publisher : null) ?? title ?? other.document;
}

/** Whether a quote begins or ends with quotation marks of its own, and needs no others. */
export function quoted(quote: string): boolean {
  return /^\s*["“«„]|["”»“]\s*$/.test(quote);
}

/** A date as people read it; the first part of one, such as `2024-03`, as it is. */
export function day(date: string | null): string | null {
  if (!date || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return date;
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat("en-GB", options).format(new Date(`${date}T00:00:00Z`));
}

/** An answer with its sources, to be pasted elsewhere. */
export function withSources(answer: Answer, links: Record<string, string>): string {
  const marks = answer.citations.map((citation) => `[${citation.id}]`).join("");
  const lines = answer.citations.map((citation) => {
    const from = [...whence(citation), safeLink(links[citation.document])].filter(known).join(", ");
    const quote = oneLine(citation.quote);
    return `[${citation.id}] ${quoted(quote) ? quote : `“${quote}”`} — ${from}`;
  });
  return [`${answer.text} ${marks}`.trim(), ...lines].join("\n");
}

/** A text that changes nothing but its own place: marks that turn what follows round, and control characters, show. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, "\ufffd");
}

/**
 * How real it is and whose words they are: for the facts that a source holds, or, without a source, for those that no
 * source shows word by word. A plain statement of the document itself needs no label.
 */
export function labels(answer: Answer, citation?: Citation): string[] {
  const facts = answer.facts.filter((fact) => holder(answer, fact) === citation);
  const modalities = facts.map((fact) => fact.modality).filter((name) => name !== "stated");
  const speakers = facts.map((fact) => fact.speaker).filter(known);
  const told = unique(modalities);
  const real = told.length > 1 ? told.filter((name) => name !== "done") : told; // to acknowledge a plan does not do it
  const stated = speakers.length && !modalities.length ? ["stated"] : [];
  return [
    ...[...real, ...stated].map((name) => strings.modality[name] ?? name),
    ...unique(speakers).map(strings.speaker),
  ];
}

/** The source in whose words a fact stands. A row of a table has a figure without the unit that its header gives it. */
function holder(answer: Answer, fact: Fact): Citation | undefined {
  const within = (one: Citation, part: string) => plain(one.quote).includes(plain(part));
  const holding = answer.citations.filter((one) => within(one, fact.object));
  const row = (one: Citation) => one.quote.trimStart().startsWith("|") && within(one, fact.subject);
  return holding.find((one) => within(one, fact.subject)) ?? holding[0] ?? answer.citations.find(row);
}

function plain(text: string): string {
  return text.replace(/[\s*_]+/g, " ").trim();
}

/** Citations that are against each other, those that agree together, and the others. */
export function sides(citations: Citation[]): { differing: Citation[][]; others: Citation[] } {
  const found = new Map<string, Citation[]>();
  for (const one of citations.filter((each) => each.against?.length)) {
    const side = String(one.against);
    found.set(side, [...(found.get(side) ?? []), one]);
  }
  const differing = [...found.values()];
  return { differing, others: citations.filter((one) => !one.against?.length) };
}

/** A citation of the document that all of several come from, if they do. */
export function onlyDocument(answer: Answer): Citation | null {
  const [first, ...others] = answer.citations;
  return first && others.length && others.every((one) => one.document === first.document) ? first : null;
}

/** An address that may become a link. */
export function safeLink(address: string | null | undefined): string | null {
  return address && /^(?:https?:\/\/|mailto:)[^\s]/i.test(address) ? address : null;
}

function known<T>(value: T | null | undefined | ""): value is T {
  return value !== null && value !== undefined && value !== "";
}

function unique<T>(values: T[]): T[] {
  return [...new Set(values)];
}
