// Who agreed what with whom: a graph, and below it the same as a table that tells what.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { html, svg, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { cards } from "./cards";
import type { Party, Ties } from "./explore-desk";
import { status } from "./explore-facts";
import { when } from "./fact-text";
import { define } from "./part";
import { figure, keyed, shortened } from "./picture";
import { words } from "./strings-explore";
import { strings } from "./strings";
import { readable } from "./markdown";
import { View } from "./view";

const TICKS = 300; // until it rests: it is drawn once, and nothing moves
const NAME = 24; // letters
const NARROW = 520; // below, names are cut shorter
const [GAP, NAME_HEIGHT] = [24, 20]; // pixels

interface Node extends SimulationNodeDatum {
  party: Party;
  degree: number;
}

interface Edge {
  source: Node;
  target: Node;
  count: number;
}

export class RahdariTies extends View<Ties> {
  protected ask(): Promise<Ties> {
    return this.desk.ties(this.query.filters);
  }

  protected show(value: Ties): TemplateResult {
    if (!value.ties.length) return html`<p class="empty">${words.noTies}</p>`;
    const names = new Map(value.parties.map((one) => [one.id, one.name]));
    const name = (id: string) => names.get(id) ?? id;
    const party = (id: string) =>
      html`<button type="button" class="fact" title=${words.onlyTheirs} @click=${() => this.narrow({ party: id })}><bdi>${name(id)}</bdi></button>`;
    const columns = [
      { name: words.who, kind: "who" }, { name: words.withWhom, kind: "who" }, { name: words.what, kind: "what", plain: true },
      { name: words.table.status, kind: "is", plain: true }, { name: words.table.date, kind: "date" },
    ];
    const rows = value.ties.map(({ one, other, fact }) => [
      party(one),
      party(other),
      html`<button type="button" class="fact" title=${words.openPassage} aria-haspopup="dialog" @click=${(event: Event) => this.open(event, fact)}>
        <span dir="auto">${readable(fact.text).trim()}</span>
      </button>`,
      status(fact.status),
      when(fact.as_of),
    ]);
    return html`${this.picture(value, name)} ${cards(words.ties, "ties", columns, rows)}`;
  }

  private picture(value: Ties, name: (id: string) => string): TemplateResult {
    const width = Math.min(1180, this.width - 42);
    const key = legend(value.parties, width);
    const { nodes, edges, height } = laid(value, width, key.height + GAP);
    const drawn = [
      ...key.drawn,
      ...edges.map(
        ({ source, target, count }) => svg`<line class="tie" x1=${source.x ?? 0} y1=${source.y ?? 0} x2=${target.x ?? 0} y2=${target.y ?? 0}
          stroke-width=${1.2 + Math.min(5, count)}><title>${source.party.name} – ${target.party.name}: ${count}</title></line>`,
      ),
      ...nodes.map(
        ({ party, degree, x = 0, y = 0 }, place) => svg`<g class="press" @click=${() => this.narrow({ party: party.id })}>
          <title>${party.name}</title>
          <g role="button" tabindex=${live(place ? "-1" : "0")} aria-label=${`${party.name}: ${words.onlyTheirs}`}
            data-order=${place}>${shape(party.type, x, y, radius(degree))}</g>
          <text class="word party-name" aria-hidden="true" text-anchor="middle" x=${x} y=${y + radius(degree) + 15}>${shortened(party.name, most(width))}</text></g>`,
      ),
    ];
    return figure({
      file: "who-with-whom", name: words.ties, about: words.tiesAbout, width, height, drawn,
      head: [words.who, words.withWhom, words.what, words.table.status, words.table.date, words.table.document],
      rows: value.ties.map(({ one, other, fact }) => [
        name(one), name(other), fact.text.trim(), strings.modality[fact.status] ?? fact.status, fact.as_of, fact.title ?? fact.document,
      ]),
      notes: value.left_off ? [words.tiesLeft(value.left_off)] : [], pressed: true,
    });
  }

}

/** The kinds of parties that there are, with the shapes they are drawn in. */
function legend(parties: Party[], width: number): { drawn: TemplateResult[]; height: number } {
  const types = Object.keys(words.types).filter((type) => parties.some((one) => one.type === type));
  return keyed(types.map((type) => ({ label: words.types[type] ?? type, mark: (x, y) => shape(type, x + 6, y, 6) })), width);
}

function most(width: number): number {
  return width < NARROW ? 17 : NAME;
}

function radius(degree: number): number {
  return 6 + 2.4 * Math.sqrt(degree);
}

/** Kinds of parties differ in shape too, not in colour only. */
function shape(type: string, x: number, y: number, r: number): TemplateResult {
  if (type === "place") return svg`<circle class="party ${type}" cx=${x} cy=${y} r=${r}></circle>`;
  if (type === "person") return svg`<path class="party ${type}" d=${`M${x},${y - r * 1.2}L${x + r * 1.2},${y}L${x},${y + r * 1.2}L${x - r * 1.2},${y}Z`}></path>`;
  return svg`<rect class="party ${type}" x=${x - r} y=${y - r} width=${2 * r} height=${2 * r} rx="3"></rect>`;
}

function laid({ parties, ties }: Ties, width: number, top: number): { nodes: Node[]; edges: Edge[]; height: number } {
  const nodes = parties.map((party): Node => ({ party, degree: 0 }));
  const byId = new Map(nodes.map((node) => [node.party.id, node]));
  const edges = new Map<string, Edge>();
  for (const { one, other } of ties) {
    const [source, target] = [byId.get(one), byId.get(other)];
    if (!source || !target) continue;
    const key = [one, other].sort().join("\n");
    const edge = edges.get(key) ?? { source, target, count: 0 };
    if (!edge.count) [source, target].forEach((node) => (node.degree += 1));
    edge.count += 1;
    edges.set(key, edge);
  }
  const lines = [...edges.values()];
  return { nodes, edges: lines, height: packed(groups(nodes, lines).map((group) => boxed(group, lines, width)), width, top) };
}

/** Those who are tied to each other, the largest group first. */
function groups(nodes: Node[], edges: Edge[]): Node[][] {
  const group = new Map(nodes.map((node) => [node, [node]]));
  for (const { source, target } of edges) {
    const [one, other] = [group.get(source), group.get(target)];
    if (!one || !other || one === other) continue;
    one.push(...other);
    for (const node of other) group.set(node, one);
  }
  return [...new Set(group.values())].sort((a, b) => b.length - a.length);
}

interface Box {
  nodes: Node[];
  width: number;
  height: number;
}

/** A group laid out by itself, so that no tie runs through another group; its upper left corner is at 0, 0. */
function boxed(nodes: Node[], edges: Edge[], width: number): Box {
  const half = (node: Node) => Math.max(18, 3.5 * shortened(node.party.name, most(width)).length);
  if (nodes.length < 3) nodes.forEach((node, place) => ([node.x, node.y] = [0, 92 * place]));
  else {
    const room = (node: Node) => radius(node.degree) + Math.max(24, 0.62 * half(node));
    const rest = forceSimulation(nodes)
      .force("tie", forceLink<Node, Edge>(edges.filter((edge) => nodes.includes(edge.source))).distance(96).strength(0.6))
      .force("apart", forceManyBody().strength(-260))
      .force("room", forceCollide<Node>(room))
      .force("across", forceX(0).strength(0.04))
      .force("down", forceY(0).strength(0.06))
      .stop();
    for (let tick = 0; tick < TICKS; tick += 1) {
      rest.tick();
      for (const node of nodes) {
        const limit = Math.max(0, width / 2 - half(node)); // what is too wide grows tall
        node.x = Math.min(limit, Math.max(-limit, node.x ?? 0));
      }
    }
  }
  const left = Math.min(...nodes.map((node) => (node.x ?? 0) - half(node)));
  const top = Math.min(...nodes.map((node) => (node.y ?? 0) - radius(node.degree)));
  for (const node of nodes) [node.x, node.y] = [(node.x ?? 0) - left, (node.y ?? 0) - top];
  return {
    nodes,
    width: Math.max(...nodes.map((node) => (node.x ?? 0) + half(node))),
    height: Math.max(...nodes.map((node) => (node.y ?? 0) + radius(node.degree))) + NAME_HEIGHT,
  };
}

/** Puts boxes side by side in rows, each row in the middle; gives back the height of all. */
function packed(boxes: Box[], width: number, top: number): number {
  const rows: Box[][] = [];
  const wide = (row: Box[]) => row.reduce((sum, box) => sum + box.width + GAP, -GAP);
  for (const box of boxes) {
    const row = rows.find((one) => wide(one) + GAP + box.width <= width);
    if (row) row.push(box);
    else rows.push([box]);
  }
  let y = top;
  for (const row of rows) {
    const tall = Math.max(...row.map((box) => box.height));
    let x = (width - wide(row)) / 2;
    for (const box of row) {
      for (const node of box.nodes) [node.x, node.y] = [(node.x ?? 0) + x, (node.y ?? 0) + y + (tall - box.height) / 2];
      x += box.width + GAP;
    }
    y += tall + GAP;
  }
  return Math.round(y - GAP + 6);
}

define("rahdari-ties", RahdariTies);
