// What the web channel sends: docs/answers.md and docs/web.md tell what each field means.

export interface Citation {
  id: number;
  role: "evidence" | "nearest";
  document: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  quote: string;
  start: number;
  end: number;
  /** Other documents with nearly the same text, in which the passage stands as well. */
  also?: Source[];
  /** Ids of the citations of the same answer that give another value for the same thing. */
  against?: number[];
}

export interface Source {
  document: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  source: string | null;
}

export interface Fact {
  subject: string;
  predicate: string;
  object: string;
  modality: string;
  speaker: string | null;
}

export interface Answer {
  id: string;
  status: "answered" | "unknown" | "clarify" | "out_of_scope" | "smalltalk";
  text: string;
  citations: Citation[];
  facts: Fact[];
  suggestions: string[];
}

export type Verdict = "up" | "down";

export interface Asked {
  who: "person";
  id: string;
  text: string;
}

export interface Replied {
  who: "bot";
  id: string;
  to: string;
  answer: Answer;
  links: Record<string, string>;
  /** Whether people are asked what they think of it. */
  rateable: boolean;
  verdict: Verdict | null;
}

export type Entry = Asked | Replied;

export interface Greeting {
  documents: number;
  text: string;
  starters: string[];
}

export interface Passage {
  id: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  source: string | null;
  /** Where the passage stands: its page, headings, table and row, as far as there are any. */
  place: string | null;
  length: number;
  start: number;
  end: number;
  before: string;
  passage: string;
  after: string;
}

export interface Piece {
  start: number;
  end: number;
  text: string;
}
