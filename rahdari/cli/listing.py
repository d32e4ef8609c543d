"""`rahdari facts`, `unanswered` and `feedback`: what the store holds, what it lacks, what people think."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rahdari.cli.output import form_options, show
from rahdari.errors import StoreError
from rahdari.settings import Settings

if TYPE_CHECKING:
    from rahdari.records import Fact
    from rahdari.store import Store

_SHORT = 120  # characters of an answer in a table; JSON and CSV have the whole
MODALITIES = ("proposed", "planned", "agreed", "under_way", "done", "cancelled", "stated")


@click.command(
    epilog="""\b
Examples:
  rahdari facts --entity "power plant"
  rahdari facts --sector health --modality agreed --csv"""
)
@click.option("--document", help="Only facts of the document with this id.")
@click.option("--entity", help="Only facts with this in their subject or object, or in a name of either.")
@click.option("--predicate", help="Only facts with this predicate, such as sign or cost.")
@click.option("--modality", type=click.Choice(MODALITIES), help="Only facts that are as real as this.")
@click.option("--speaker", help="Only what somebody with this in their name says.")
@click.option("--sector", help="Only facts whose sentence mentions a sector with this in a name.")
@form_options
def facts(
    document: str | None,
    entity: str | None,
    predicate: str | None,
    modality: str | None,
    speaker: str | None,
    sector: str | None,
    form: str,
) -> None:
    """List the facts in the store, each with the sentence it comes from in JSON and CSV."""
    store = _store()
    if document is not None and store.document(document) is None:
        raise StoreError(f"there is no document {document!r} in the store; `rahdari documents` lists what there is")
    keys = None
    if sector is not None:
        sectors = [e.id for e in store.entities("sector") if _within(sector, e.name, *e.aliases)]
        keys = {key for name in sectors for key in store.keys_mentioning(name)}
    found = store.facts(document=document, keys=keys, predicate=predicate, modality=modality)
    rows = [
        _row(store, fact)
        for fact in found
        if (speaker is None or _within(speaker, fact.speaker))
        and (entity is None or _within(entity, *_names(store, fact)))
    ]
    columns = ("subject", "predicate", "object", "modality", "speaker", "as_of", "document")
    show(rows, form, columns, "No fact fits.")


@click.command(
    epilog="""\b
Examples:
  rahdari unanswered
  rahdari unanswered --status unknown --limit 10 --csv"""
)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many to list.")
@click.option("--status", type=click.Choice(("unknown", "out_of_scope")), help="Only questions answered like this.")
@form_options
def unanswered(limit: int, status: str | None, form: str) -> None:
    """List what people asked and the documents did not say, most frequent first."""
    from rahdari.store import Unanswered

    found = Unanswered(Settings.from_environment().home).most_frequent(limit, status)
    rows = [dict(vars(question)) for question in found]
    show(rows, form, ("text", "status", "count", "first", "last"), "Nothing was asked without an answer.")


@click.command(
    epilog="""\b
Examples:
  rahdari feedback
  rahdari feedback --verdict down --limit 10 --json"""
)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many to list.")
@click.option("--verdict", type=click.Choice(("up", "down")), help="Only answers that were found good, or bad.")
@form_options
def feedback(limit: int, verdict: str | None, form: str) -> None:
    """List what people think of answers, latest first, with the question and the answer.

    `understood` is the question as completed by what was said before it. Of answers that
    were rated before these were kept, the id alone is listed.
    """
    from rahdari.channels.text import shorten
    from rahdari.store import Feedback

    found = Feedback(Settings.from_environment().home).latest(limit, verdict)
    rows = [dict(vars(opinion)) for opinion in found]
    if form == "table":
        rows = [{**row, "text": shorten(row["text"] or f"(not kept: {row['answer']})", "", _SHORT)} for row in rows]
    columns = ("time", "channel", "verdict", "words", "asked", "understood", "status", "text")
    show(rows, form, columns, "Nobody has said what they think of an answer.")


def _store() -> Store:
    from rahdari import bootstrap

    return bootstrap.store(Settings.from_environment())


def _within(part: str, *texts: str | None) -> bool:
    return any(part.casefold() in text.casefold() for text in texts if text)


def _names(store: Store, fact: Fact) -> list[str]:
    names = [fact.subject, fact.object]
    for id in (fact.subject_entity, fact.object_entity):
        entity = store.entity(id) if id is not None else None
        if entity is not None:
            names += [entity.name, *entity.aliases]
    return names


def _row(store: Store, fact: Fact) -> dict[str, Any]:
    sentence = store.sentence((fact.document, fact.sentence))
    return {**vars(fact), "quote": sentence.text if sentence is not None else None}
