// What is looked at: the part of the address after "#", so that a link shows the same to whoever opens it.

export const FILTERS = ["words", "sector", "project", "party", "status", "speaker", "document", "since", "until"] as const;
export const VIEWS = ["facts", "timeline", "charts", "ties"] as const;
export const PAGE = 50; // facts on one page

export type Filter = (typeof FILTERS)[number];
export type ViewName = (typeof VIEWS)[number];
export type Order = "text" | "newest" | "oldest";
export type Filters = Partial<Record<Filter, string>>;

export interface Query {
  view: ViewName;
  filters: Filters;
  order: Order;
  /** From 1. */
  page: number;
}

/** A query out of an address; what is not understood counts as not said. */
export function parse(hash: string): Query {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const filters: Filters = {};
  for (const name of FILTERS) {
    const value = given.get(name)?.trim();
    if (value) filters[name] = value.slice(0, 200);
  }
  const view = VIEWS.find((one) => one === given.get("view")) ?? "facts";
  const order = (["newest", "oldest"] as const).find((one) => one === given.get("order")) ?? "text";
  return { view, filters, order, page: Math.min(9999, Math.max(1, Number.parseInt(given.get("page") ?? "1", 10) || 1)) };
}

/** The address of a query. */
export function address(query: Query): string {
  const given = parameters(query.filters);
  if (query.view !== "facts") given.set("view", query.view);
  if (query.order !== "text") given.set("order", query.order);
  if (query.page > 1) given.set("page", String(query.page));
  return `#${given}`;
}

/** The filters as the server takes them. */
export function parameters(filters: Filters): URLSearchParams {
  const given = new URLSearchParams();
  for (const name of FILTERS) {
    const value = filters[name];
    if (value) given.set(name, value);
  }
  return given;
}
