// When things happen: a circle for the events of each month and status, and all of them as a list.
import { scalePoint, scaleSqrt, scaleUtc } from "d3-scale";
import { html, svg, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { RahdariFacts } from "./explore-facts";
import "./explore-facts";
import type { Count } from "./explore-desk";
import { define } from "./part";
import { when } from "./fact-text";
import { figure, STATUSES } from "./picture";
import { strings } from "./strings";
import { words } from "./strings-explore";
import { type Looking, View } from "./view";

const LANE = 52; // pixels
const FAR = 0.02; // the part of the events at each end that may lie beyond the picture
const NARROW = 520;

interface Bubble {
  when: string; // 2024-03, or 2024 where no month is told
  at: Date;
  status: string;
  count: number;
}

export class RahdariTimeline extends View<Count[]> {
  private leading = false; // to the first event, once those that were chosen are there

  protected ask(): Promise<Count[]> {
    return this.desk.dates(this.query.filters);
  }

  protected show(dates: Count[]): TemplateResult {
    if (!dates.length) return html`<p class="empty">${words.noDates}</p>`;
    return html`${this.picture(dates)}
      <h2>${words.events}</h2>
      <rahdari-facts events .desk=${this.desk} .query=${this.query} @total=${this.lead}></rahdari-facts>`;
  }

  private picture(dates: Count[]): TemplateResult {
    const all = bubbles(dates);
    const [near, far] = within(all);
    const lanes = STATUSES.filter((status) => near.some((one) => one.status === status));
    const width = Math.min(1180, this.width - 42);
    const narrow = width < NARROW;
    const left = narrow ? 16 : 108;
    const height = lanes.length * LANE + 34 + (narrow ? 8 : 0);
    const times = near.map((one) => one.at.getTime());
    const margin = 45 * 86_400_000;
    const x = scaleUtc([new Date(Math.min(...times) - margin), new Date(Math.max(...times) + margin)], [left, width - 16]);
    const y = scalePoint<string>([...lanes], [LANE / 2 + (narrow ? 8 : 0), height - 30 - LANE / 2]);
    const size = scaleSqrt([0, Math.max(...near.map((one) => one.count))], [0, narrow ? 16 : 21]);
    const ticks = x.ticks(Math.max(2, Math.floor(width / 110)));
    const format = x.tickFormat();
    const order = lanes.flatMap((lane) => near.filter((one) => one.status === lane).sort((a, b) => a.at.getTime() - b.at.getTime()));
    const drawn = [
      ...ticks.map(
        (tick) => svg`<line class="grid" x1=${x(tick)} x2=${x(tick)} y1="4" y2=${height - 26}></line>
          <text class="word" text-anchor="middle" x=${x(tick)} y=${height - 8}>${format(tick)}</text>`,
      ),
      ...lanes.map((status) => {
        const label = strings.modality[status] ?? status;
        const place = y(status) ?? 0;
        const name = narrow
          ? svg`<text class="word over" x="2" y=${place - LANE / 2 + 11}>${label}</text>`
          : svg`<text class="word" text-anchor="end" x=${left - 16} y=${place + 5}>${label}</text>`;
        return svg`<line class="lane" x1=${left - 6} x2=${width} y1=${place} y2=${place}></line>${name}`;
      }),
      ...[...near]
        .sort((a, b) => a.when.length - b.when.length || b.count - a.count) // what is told more exactly lies above
        .map((one) => {
          const told = words.eventsOf(one.count, when(one.when) ?? one.when, strings.modality[one.status] ?? one.status);
          return svg`<circle class="piece press ${one.status} ${one.when.length === 4 ? "vague" : ""}" cx=${x(one.at)} cy=${y(one.status) ?? 0}
            r=${Math.max(3.5, size(one.count))} role="button" tabindex=${live(one === order[0] ? "0" : "-1")} aria-label=${told}
            data-order=${order.indexOf(one)} @click=${(event: MouseEvent) => void this.choose(one, event)}><title>${told}</title></circle>`;
        }),
    ];
    const beyond = far.reduce((sum, one) => sum + one.count, 0);
    return figure({
      file: "timeline", name: words.timeline, about: words.timelineAbout, width, height, drawn,
      head: [words.date, words.names.status, words.events],
      rows: dates.map(({ key, status, count }) => [key, strings.modality[status] ?? status, count]),
      notes: beyond ? [words.beyond(beyond)] : [], pressed: true,
    });
  }

  /** Show the events of a circle; a single one at its passage. By the keyboard, whose clicks count 0, lead to them. */
  private async choose(one: Bubble, event: MouseEvent): Promise<void> {
    const filters = { since: one.when, until: one.when, status: one.status };
    const [opener, led] = [event.currentTarget as SVGElement, event.detail === 0];
    if (one.count === 1) {
      const found = await this.desk.facts({ ...this.query.filters, ...filters }, "newest", 1, true).catch(() => null);
      const row = found?.facts.find((fact) => fact.as_of?.slice(0, 7) === one.when);
      if (row) return this.tell("passage", { row, opener } satisfies Looking);
    }
    this.leading = led;
    this.narrow(filters);
  }

  private lead = async (event: Event): Promise<void> => {
    if (!this.leading) return;
    this.leading = false;
    const facts = event.target as RahdariFacts;
    await facts.updateComplete;
    facts.querySelector<HTMLElement>("button.fact")?.focus();
  };
}

function bubbles(dates: Count[]): Bubble[] {
  const found = new Map<string, Bubble>();
  for (const { key, status, count } of dates) {
    const when = (key ?? "").slice(0, 7);
    const [year, month] = when.split("-").map(Number);
    if (!year) continue;
    const at = new Date(Date.UTC(year, month ? month - 1 : 6, month ? 15 : 1));
    if (year < 100) at.setUTCFullYear(year);
    const bubble = found.get(`${when} ${status}`) ?? { when, at, status, count: 0 };
    bubble.count += count;
    found.set(`${when} ${status}`, bubble);
  }
  return [...found.values()];
}

/** The bubbles that stand near each other, and those so far off that all others would become a point. */
function within(all: Bubble[]): [Bubble[], Bubble[]] {
  const events = all.flatMap((one) => Array<number>(one.count).fill(one.at.getTime())).sort((a, b) => a - b);
  const [first, last] = [events[Math.floor(events.length * FAR)], events[Math.ceil(events.length * (1 - FAR)) - 1]];
  if (first === undefined || last === undefined) return [all, []];
  const slack = Math.max(last - first, 365 * 86_400_000) * 0.5;
  const near = (one: Bubble) => one.at.getTime() >= first - slack && one.at.getTime() <= last + slack;
  return [all.filter(near), all.filter((one) => !near(one))];
}

define("rahdari-timeline", RahdariTimeline);
