// When things happen: a circle for the events of each month and status, and all of them as a list.
import { scalePoint, scaleSqrt, scaleUtc } from "d3-scale";
import { html, svg, type TemplateResult } from "lit";
import "./explore-facts";
import type { Count } from "./explore-desk";
import { define } from "./part";
import { figure, STATUSES } from "./picture";
import { strings } from "./strings";
import { words } from "./strings-explore";
import { View } from "./view";

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
  protected ask(): Promise<Count[]> {
    return this.desk.dates(this.query.filters);
  }

  protected show(dates: Count[]): TemplateResult {
    if (!dates.length) return html`<p class="empty">${words.noDates}</p>`;
    return html`${this.picture(dates)}
      <h2>${words.events}</h2>
      <rahdari-facts events .desk=${this.desk} .query=${this.query}></rahdari-facts>`;
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
        .sort((a, b) => b.count - a.count)
        .map(
          (one) => svg`<circle class="piece press ${one.status} ${one.when.length === 4 ? "vague" : ""}" cx=${x(one.at)} cy=${y(one.status) ?? 0}
            r=${Math.max(3.5, size(one.count))} @click=${() => this.choose(one)}><title>${words.eventsOf(one.count, one.when, strings.modality[one.status] ?? one.status)}</title></circle>`,
        ),
    ];
    const beyond = far.reduce((sum, one) => sum + one.count, 0);
    return figure({
      file: "timeline", name: words.timeline, about: words.timelineAbout, width, height, drawn,
      head: [words.date, words.names.status, words.events],
      rows: dates.map(({ key, status, count }) => [key, strings.modality[status] ?? status, count]),
      notes: beyond ? [words.beyond(beyond)] : [],
    });
  }

  private choose(one: Bubble): void {
    this.narrow({ since: one.when, until: one.when, status: one.status });
  }
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
