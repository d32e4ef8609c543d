// Agreements and projects by sector and status: bars, and the same numbers as a table.
import { scaleBand, scaleLinear } from "d3-scale";
import { stack } from "d3-shape";
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Count } from "./explore-desk";
import { define } from "./part";
import { figure, legend, shortened, STATUSES } from "./picture";
import { strings } from "./strings";
import { words } from "./strings-explore";
import { View } from "./view";

const MOST_BARS = 14;
const WIDEST = 760;
const NARROW = 520; // below, a bar's name stands over it

interface Line {
  name: string;
  total: number;
  counts: Record<string, number>;
}

interface Kind {
  file: string;
  name: string;
  about: string;
  none: string;
}

export class RahdariCharts extends View<{ agreements: Count[]; projects: Count[] }> {
  protected ask() {
    return this.desk.sectors(this.query.filters);
  }

  protected show({ agreements, projects }: { agreements: Count[]; projects: Count[] }): TemplateResult {
    const one = { file: "agreements", name: words.agreements, about: words.agreementsAbout, none: words.noAgreements };
    const two = { file: "projects", name: words.projects, about: words.projectsAbout, none: words.noProjects };
    return html`<div class="pictures">${this.chart(agreements, one)} ${this.chart(projects, two)}</div>`;
  }

  private chart(counts: Count[], kind: Kind): TemplateResult {
    const lines = sorted(counts.filter((one) => one.key !== null));
    const without = counts.filter((one) => one.key === null).reduce((sum, one) => sum + one.count, 0);
    if (!lines.length) return html`<section class="picture"><h2>${kind.name}</h2><p class="empty">${without ? words.onlyWithout : kind.none}</p></section>`;
    const used = STATUSES.filter((status) => counts.some((one) => one.status === status));
    const width = Math.min(WIDEST, this.width - 42 > 900 ? (this.width - 20) / 2 - 42 : this.width - 42);
    const { drawn, height } = bars(lines.slice(0, MOST_BARS), used, width);
    const rows = sorted(counts).map((line) => [line.name, ...used.map((status) => line.counts[status] ?? 0), line.total]);
    const head = [words.sector, ...used.map((status) => strings.modality[status] ?? status), words.total];
    const notes = [
      ...(lines.length > MOST_BARS ? [words.more(lines.length - MOST_BARS)] : []),
      ...(without ? [words.without(without)] : []),
    ];
    return html`<div>${figure({ ...kind, width, height, drawn, head, rows, notes })}${numbers(kind.name, head, rows)}</div>`;
  }
}

function sorted(counts: Count[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { key, status, count } of counts) {
    const name = key ?? words.noSector;
    const line = lines.get(name) ?? { name, total: 0, counts: {} };
    line.counts[status] = (line.counts[status] ?? 0) + count;
    line.total += count;
    lines.set(name, line);
  }
  const last = (line: Line) => (line.name === words.noSector ? 1 : 0);
  return [...lines.values()].sort((a, b) => last(a) - last(b) || b.total - a.total || a.name.localeCompare(b.name));
}

function bars(lines: Line[], used: readonly string[], width: number): { drawn: TemplateResult[]; height: number } {
  const over = width < NARROW;
  const names = over ? 0 : Math.min(200, 16 + 7.4 * Math.max(...lines.map((line) => Math.min(26, line.name.length))));
  const key = legend(used, width);
  const step = over ? 44 : 32;
  const height = key.height + lines.length * step + 4;
  const x = scaleLinear([0, Math.max(...lines.map((line) => line.total))], [names, width - 34]);
  const y = scaleBand(lines.map((line) => line.name), [key.height, height - 4]);
  const layers = stack<Line, string>().keys([...used]).value((line, status) => line.counts[status] ?? 0)(lines);
  const thick = 18;
  const top = (line: Line) => (y(line.name) ?? 0) + (over ? 22 : (step - thick) / 2);
  const pieces = layers.flatMap((layer) =>
    layer.map((part) => {
      const [from, to] = [x(part[0]), x(part[1])];
      if (to <= from) return nothing;
      const told = `${part.data.name}, ${strings.modality[layer.key] ?? layer.key}: ${part[1] - part[0]}`;
      return svg`<rect class="piece ${layer.key}" x=${from} y=${top(part.data)} width=${Math.max(1, to - from - 1.5)} height=${thick} rx="2"><title>${told}</title></rect>`;
    }),
  );
  const labels = lines.map((line) => {
    const name = shortened(line.name, over ? Math.floor(width / 8) : 26);
    const place = over
      ? svg`<text class="word" x="0" y=${(y(line.name) ?? 0) + 16}>${name}</text>`
      : svg`<text class="word" text-anchor="end" x=${names - 10} y=${top(line) + 14}>${name}</text>`;
    return svg`${place}<text class="word total" x=${x(line.total) + 6} y=${top(line) + 14}>${line.total}</text>`;
  });
  return { drawn: [...key.drawn, ...labels, ...(pieces as TemplateResult[])], height };
}

function numbers(name: string, head: string[], rows: (string | number)[][]): TemplateResult {
  return html`<details class="numbers">
    <summary>${words.asTable}<span class="unseen">: ${name}</span></summary>
    <div class="wide" tabindex="0" role="region" aria-label=${name}>
      <table>
        <thead>
          <tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr>
        </thead>
        <tbody>
          ${rows.map(([first, ...rest]) => html`<tr><th scope="row"><bdi>${first}</bdi></th>${rest.map((one) => html`<td>${one}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
  </details>`;
}

define("rahdari-charts", RahdariCharts);
