// What the Explore page asks the server for.
import { Api, Refused } from "./api";
import { Session } from "./session";
import { type Filters, type Order, PAGE, parameters } from "./query";
import type { Passage, Piece } from "./types";

export interface Row {
  id: number;
  subject: string;
  predicate: string;
  object: string;
  status: string;
  speaker: string | null;
  as_of: string | null;
  sectors: string[];
  document: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  start: number;
  end: number;
  text: string;
}

export interface Rows {
  total: number;
  offset: number;
  facts: Row[];
}

export interface Choice {
  id: string;
  name: string;
  count: number;
  type: string | null;
}

export interface Count {
  key: string | null;
  status: string;
  count: number;
}

export interface Party {
  id: string;
  name: string;
  type: string;
}

export interface Ties {
  parties: Party[];
  ties: { one: string; other: string; fact: Row }[];
  left_off: number;
}

const AT_ONCE = 500;
const MOST = 20_000; // rows of a download

class ExploreApi extends Api {
  view<T>(path: string, token: string): Promise<T> {
    return this.call(`explore/${path}`, token);
  }
}

export class Desk {
  private readonly api: ExploreApi;
  private readonly session: Session;

  constructor(base: string) {
    this.api = new ExploreApi(base);
    this.session = new Session(this.api);
  }

  facts(filters: Filters, order: Order, page: number, events = false): Promise<Rows> {
    return this.rows(filters, order, PAGE, (page - 1) * PAGE, events);
  }

  /** All facts that are wanted, 20,000 at most. */
  async all(filters: Filters, order: Order, events = false): Promise<Row[]> {
    const found: Row[] = [];
    for (;;) {
      const { facts, total } = await this.rows(filters, order, AT_ONCE, found.length, events);
      found.push(...facts);
      if (!facts.length || found.length >= Math.min(total, MOST)) return found;
    }
  }

  async choices(filters: Filters): Promise<Record<string, Choice[]>> {
    return (await this.get<{ choices: Record<string, Choice[]> }>("choices", parameters(filters))).choices;
  }

  async dates(filters: Filters): Promise<Count[]> {
    return (await this.get<{ dates: Count[] }>("dates", parameters(filters))).dates;
  }

  sectors(filters: Filters): Promise<{ agreements: Count[]; projects: Count[] }> {
    return this.get("sectors", parameters(filters));
  }

  ties(filters: Filters): Promise<Ties> {
    return this.get("ties", parameters(filters));
  }

  passage(id: string, start: number, end: number): Promise<Passage> {
    return this.session.as((token) => this.api.passage(token, id, start, end));
  }

  piece(id: string, from: number, to: number): Promise<Piece> {
    return this.session.as((token) => this.api.piece(token, id, from, to));
  }

  private rows(filters: Filters, order: Order, limit: number, offset: number, events: boolean): Promise<Rows> {
    const given = parameters(filters);
    for (const [name, value] of Object.entries({ order, limit, offset })) given.set(name, String(value));
    if (events) given.set("events", "yes");
    return this.get("facts", given);
  }

  private async get<T>(view: string, given: URLSearchParams): Promise<T> {
    const ask = () => this.session.as((token) => this.api.view<T>(`${view}?${given}`, token));
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused && error.status === 429)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.max(1000, error.waitMs)));
      return ask();
    }
  }
}
