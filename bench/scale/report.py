"""What was measured -> a table, a page and a picture."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

Measured = Mapping[int, Mapping[str, Any]]
_MB, _MS = 1e6, 1e3


def table(measured: Measured) -> str:
    """A Markdown table, a column for each size."""
    sizes = list(measured)
    rows = [f"| documents | {' | '.join(f'{size:,}' for size in sizes)} |", f"| --- |{' ---: |' * len(sizes)}"]
    for name, show in _ROWS:
        rows.append(f"| {name} | {' | '.join(_shown(show, measured[size], size) for size in sizes)} |")
    return "\n".join(rows)


def _shown(show: Callable[[Mapping[str, Any], int], str], of: Mapping[str, Any], size: int) -> str:
    try:
        return show(of, size)
    except KeyError:  # a step that was not wanted
        return "–"


def lost(measured: Measured) -> float:
    """By how many points the share of right answers falls from the smallest to the largest: of questions of both."""
    first, last = (measured[size]["answering"]["right"] for size in (min(measured), max(measured)))
    both = first.keys() & last.keys()
    return 100 * sum(first[id] - last[id] for id in both) / max(1, len(both))


def write(measured: Measured, folder: Path) -> None:
    """The page `scale.md` with the picture `scale.svg`."""
    (folder / "scale.svg").write_text("")
    _draw(measured, folder / "scale.svg")
    sizes = ",".join(str(size) for size in measured)
    text = _PAGE.format(
        table=table(measured), sizes=sizes, today=date.today(), cores=os.cpu_count(), python=platform.python_version()
    )
    (folder / "scale.md").write_text(text, encoding="utf-8")


def _share(step: str) -> Callable[[Mapping[str, Any], int], str]:
    def show(of: Mapping[str, Any], size: int) -> str:
        right = of[step]["right"].values()
        return f"{100 * sum(right) / len(right):.1f} % of {len(right)}"

    return show


def _time(step: str, share: float, of: str = "seconds") -> Callable[[Mapping[str, Any], int], str]:
    return lambda found, size: f"{_MS * percentile(found[step][of], share):.1f}"


def _ratio(of: Mapping[str, Any], size: int) -> str:
    own, alone = of["ingest"]["processor"] / size, of["bare"]["processor"] / of["bare"]["documents"]
    return f"{own / alone:.2f}"


def _gained(of: Mapping[str, Any], size: int) -> str:
    if of["ingest"]["jobs"] < 2:
        return "–"
    return f"{of['one_job']['seconds'] / of['ingest']['seconds']:.2f}"


def _gained_alone(of: Mapping[str, Any], size: int) -> str:
    return f"{of['bare']['seconds'] / of['bare_shared']['seconds']:.2f}"


def _alone(of: Mapping[str, Any], size: int) -> str:
    return f"{of['bare']['documents'] / of['bare']['seconds']:.1f}"


_ROWS: tuple[tuple[str, Callable[[Mapping[str, Any], int], str]], ...] = (
    ("sentences", lambda of, size: f"{of['ingest']['sentences']:,}"),
    ("processes that read documents in an ingest", lambda of, size: str(of["ingest"]["jobs"])),
    ("ingest, documents a second", lambda of, size: f"{size / of['ingest']['seconds']:.1f}"),
    ("times as many as with one process", _gained),
    ("`spacy.pipe` and encoder alone, documents a second", _alone),
    ("times as many in as many processes", _gained_alone),
    ("ingest, of the processor time of these two", _ratio),
    ("ingest, memory at its highest, MB", lambda of, size: f"{of['ingest']['peak'] / _MB:.0f}"),
    ("store on disk, MB", lambda of, size: f"{of['ingest']['disk'] / _MB:.1f}"),
    ("answering side, first message, s", lambda of, size: f"{of['answering']['start']:.1f}"),
    ("answering side, a message, p50, ms", _time("answering", 0.5)),
    ("p95, ms", _time("answering", 0.95)),
    ("p99, ms", _time("answering", 0.99)),
    ("processor time of it, p50, ms", _time("answering", 0.5, "processor")),
    ("p95, ms", _time("answering", 0.95, "processor")),
    ("p99, ms", _time("answering", 0.99, "processor")),
    ("right answers", _share("answering")),
    ("whole bot, start to first message, s", lambda of, size: f"{of['bot']['start']:.1f}"),
    ("whole bot, a message, p50, ms", _time("bot", 0.5)),
    ("p95, ms", _time("bot", 0.95)),
    ("p99, ms", _time("bot", 0.99)),
    ("processor time of it, p50, ms", _time("bot", 0.5, "processor")),
    ("right answers", _share("bot")),
    ("memory after 200 messages, MB", lambda of, size: f"{of['bot']['memory'] / _MB:.0f}"),
    ("memory at its highest, MB", lambda of, size: f"{of['bot']['peak'] / _MB:.0f}"),
)  # fmt: skip


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the others does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _draw(measured: Measured, path: Path) -> None:
    """Each figure over the number of documents, both axes logarithmic."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "scale", "svg.fonttype": "none", "font.family": "sans-serif"})
    from matplotlib import pyplot

    sizes = list(measured)
    figure, (times, memory, right) = pyplot.subplots(1, 3, figsize=(11, 3.6))
    for step, colour in (("answering", "#1b6ca8"), ("bot", "#b3541e")):
        for share, line in ((0.5, "-"), (0.95, "--"), (0.99, ":")):
            values = [_MS * percentile(measured[size][step]["seconds"], share) for size in sizes]
            name = {"answering": "answering side", "bot": "whole bot"}[step]
            times.plot(sizes, values, line, color=colour, marker="o", label=f"{name}, p{100 * share:.0f}")
        shares = [
            100 * sum(measured[size][step]["right"].values()) / len(measured[size][step]["right"]) for size in sizes
        ]
        right.plot(sizes, shares, color=colour, marker="o", label=name)
    memory.plot(
        sizes,
        [measured[size]["bot"]["memory"] / _MB for size in sizes],
        color="#1b6ca8",
        marker="o",
        label="memory of the bot",
    )
    memory.plot(
        sizes,
        [measured[size]["ingest"]["disk"] / _MB for size in sizes],
        color="#b3541e",
        marker="s",
        label="store on disk",
    )
    for axes, label in ((times, "ms a message"), (memory, "MB"), (right, "% right answers")):
        axes.set(xscale="log", xlabel="documents", ylabel=label, ylim=(0, None) if axes is not right else (0, 100))
        axes.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(path, format="svg", metadata={"Date": None})
    pyplot.close(figure)


_PAGE = """# Many documents

{table}

`python -m bench.scale --sizes {sizes}`, {today}, {cores} cores, Python {python}.
The command writes this page and the picture. It goes on where it was ended; `--smaller` is for a change under way.

![Time a message takes, memory and disk, and right answers, over the number of documents](scale.svg)

- The documents are invented (`bench/scale`): projects with sums, lengths, dates, people and what becomes of them, eight
  documents of some ten sentences on each, in which a second paper has other figures, an agency's text stands at two
  publishers, and later documents change what earlier ones said. Document 17 is the same in every corpus.
- The questions are on the first 1,000 documents, so they are the same at every size. Each is asked once, as a first
  message; the answers are judged as in [questions](../questions.md).
- Beside the ingest, `spacy.pipe` gets the same sentences of 500 documents, all at once, and the encoder the same texts:
  each sentence behind its document's title. Processor time is compared, for other work on the machine falls on it
  alike. In several processes each gets its share of them, and time counts from when all have loaded their models: what
  the cores give where nothing is shared.
- The bot is the whole of it in one process: Rasa, its actions, the answering side. Memory is resident memory.
"""
