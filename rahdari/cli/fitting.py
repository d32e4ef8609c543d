"""`rahdari fit`: the weights that rank evidence and decide whether it answers."""

from __future__ import annotations

from pathlib import Path

import click

from rahdari.cli.paths import FilePath


@click.command(
    epilog="""\b
Examples:
  rahdari fit tests/questions/corpus.jsonl=data/documents,tests/corpus
  rahdari fit --write tests/questions/seed.jsonl=data/documents \\
    others/talks.jsonl=others/talks@5"""
)
@click.option("--write", is_flag=True, help="Write rahdari/answering/weights.json; else only the figures are shown.")
@click.option("--diagram", type=FilePath(dir_okay=False), help="Draw a reliability diagram (SVG).")
@click.argument("pairs", nargs=-1, required=True, metavar="QUESTIONS=DOCUMENTS[,DOCUMENTS][@COUNT]...")
def fit(pairs: tuple[str, ...], write: bool, diagram: Path | None) -> None:
    """Fit how evidence is ranked, and when it answers, on question sets with the documents they are asked of.

    With @COUNT a set counts as that many questions for answerability, however many it has: for sets that ask
    otherwise than people do.

    Shows how the weights do with whole documents held out. Needs scipy, which a development set-up has.
    """
    from rahdari.evaluation import fitting, reliability

    sets = [_pair(pair) for pair in pairs]
    fitted = fitting.fit_pairs(sets, lambda text: click.echo(text, err=True))
    for name, value in fitted.figures.items():
        click.echo(f"{name:22} {value:.3f}" if isinstance(value, float) else f"{name:22} {value}")
    if write:
        click.echo(f"written: {fitting.write(fitted.weights).name}")
    if diagram:
        own = [(p, right) for p, right, others in fitted.held_out if not others]
        theirs = [(p, right) for p, right, others in fitted.held_out if others]
        reliability.draw({"people's questions": own} | ({"sets given with @": theirs} if theirs else {}), diagram)
        click.echo(f"written: {diagram}")


def _pair(text: str) -> tuple[Path, list[Path], float | None]:
    questions, _, rest = text.partition("=")
    documents, _, count = rest.partition("@")
    if not questions or not all(documents.split(",")):
        raise click.BadParameter(f"{text!r} lacks a path; write QUESTIONS=DOCUMENTS")
    if count and not count.isdigit():
        raise click.BadParameter(f"{text!r}: what follows @ is a number of questions")
    return Path(questions), [Path(document) for document in documents.split(",")], float(count) if count else None
