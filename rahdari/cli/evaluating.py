"""`rahdari evaluate`: judges a question set."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rahdari.cli.paths import FilePath
from rahdari.settings import Settings

if TYPE_CHECKING:
    from rahdari.evaluation import Entry, Summary, Talk
    from rahdari.records import Document


@click.command(
    epilog="""\b
Examples:
  rahdari evaluate tests/questions/seed.jsonl
  rahdari evaluate questions.jsonl --at-least 90 --json"""
)
@click.argument("questions", type=FilePath(), metavar="QUESTIONS.jsonl")
@click.option("--json", "as_json", is_flag=True, help="Print the figures and failures as JSON.")
@click.option("--direct", is_flag=True, help="Ask the answering side alone: no Rasa, no intents.")
@click.option("--at-least", type=click.IntRange(0), help="Exit with status 1 when fewer entries pass.")
def evaluate(questions: Path, as_json: bool, direct: bool, at_least: int | None) -> None:
    """Judge the answers to a question set, through the whole bot.

    Each entry is a fresh conversation; its last answer is judged. Prints a table by kind, each failure with its
    reason, and the number of invalid citations.
    """
    from rahdari import bootstrap, evaluation
    from rahdari.cli.ingesting import ensure_store
    from rahdari.cli.output import show_json

    entries = evaluation.load(questions)
    settings = replace(Settings.from_environment(), keep_unanswered=False)
    ensure_store(settings)
    with _talk(settings, direct) as talk:
        summary = _run(entries, talk, bootstrap.store(settings).documents())
    if as_json:
        show_json(summary.as_dict())
    else:
        _show(summary)
    if at_least is not None and summary.passed < at_least:
        click.echo(f"{summary.passed} passed, fewer than {at_least}.", err=True)
        raise click.exceptions.Exit(1)


def _talk(settings: Settings, direct: bool) -> AbstractContextManager[Talk]:
    from rahdari import bootstrap, evaluation

    if direct:
        return nullcontext(evaluation.direct(bootstrap.answerer(settings)))
    from rahdari.serving.assembly import load_bot

    os.environ["RAHDARI_KEEP_UNANSWERED"] = "no"  # the bot's actions read the environment, not these settings
    return evaluation.through_bot(load_bot(settings, keep=False))


def _run(entries: tuple[Entry, ...], talk: Talk, documents: tuple[Document, ...]) -> Summary:
    from rich.console import Console
    from rich.progress import Progress

    from rahdari import evaluation

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("asking", total=len(entries))
        verdicts = evaluation.evaluate(entries, talk, documents, lambda done: progress.update(task, completed=done))
    return evaluation.summarise(verdicts)


def _show(summary: Summary) -> None:
    from rahdari.channels.text import visible
    from rahdari.cli.output import show

    for verdict in summary.failures:
        click.echo(visible(f"{verdict.entry.id}: {' / '.join(verdict.entry.turns)}"))
        for reason in verdict.reasons:
            click.echo(visible(f"  - {reason}"))
        click.echo(visible(f"  {verdict.status}: {' '.join(verdict.text.split())}"))
    rows = [{"kind": kind, "passed": passed, "total": total} for kind, passed, total in summary.kinds]
    rows.append({"kind": "all", "passed": summary.passed, "total": summary.total})
    show(rows, "table", ("kind", "passed", "total"), "")
    click.echo(f"invalid citations: {summary.invalid_citations}")
    click.echo(f"said what they must not: {summary.forbidden}")
