"""`rahdari documents`: what is in the store, one by one, and whether all of it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rahdari.channels.text import visible
from rahdari.cli.output import form_options, show, show_json
from rahdari.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rahdari.store import Store, Version

_COLUMNS = ("id", "title", "publisher", "published", "sentences", "facts")


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  rahdari documents
  rahdari documents --find motorway --json
  rahdari documents show harbour-lease""",
)
@click.option("--find", help="Only documents with this in their id, title or publisher; letter case aside.")
@form_options
@click.pass_context
def documents(context: click.Context, find: str | None, form: str) -> None:
    """List the documents in the store; or show one, take some out, verify all."""
    if context.invoked_subcommand is not None:
        return
    store = _store()
    rows: list[dict[str, Any]] = []
    for document in store.documents():
        told = (document.id, document.title, document.publisher)
        if find is None or any(find.casefold() in text.casefold() for text in told if text):
            rows.append(
                {
                    "id": document.id,
                    "title": document.title,
                    "publisher": document.publisher,
                    "author": document.author,
                    "published": document.published,
                    "language": document.language,
                    "source": document.source,
                    "sentences": len(store.sentences(document.id)),
                    "facts": len(store.facts(document=document.id)),
                }
            )
    show(rows, form, _COLUMNS, "The store holds no document." if find is None else "No document fits.")


@documents.command(
    "show",
    epilog="""\b
Examples:
  rahdari documents show harbour-lease""",
)
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_one(id: str, as_json: bool) -> None:
    """Show what is known of the document ID, and which versions of it there were.

    Versions of another id that came from the same address count. A document that is gone is shown with its past. Of
    a copy of another document, only the facts that stand in what it alone says are counted.
    """
    from rahdari.errors import StoreError

    store = _store()
    document, versions = store.document(id), store.versions(id)
    if document is None and not versions:
        raise StoreError(f"there never was a document {id!r}; `rahdari documents` lists what there is")
    known: dict[str, Any] = {"id": id}
    if document is not None:
        known |= {key: value for key, value in vars(document).items() if key != "text"}
        known |= {"sentences": len(store.sentences(id)), "facts": len(store.facts(document=id))}
        known["copy_of"] = store.copy_of(id)
    known["state"] = _state(id, document is not None, store.withheld(), versions)
    if as_json:
        show_json({**known, "versions": [vars(version) for version in versions]})
        return
    for key, value in known.items():
        if value is not None:
            click.echo(visible(f"{key}: {value}"))
    click.echo("versions:")
    for version in versions:
        end = f"{version.end} {version.ended}" if version.ended else "in the store"
        name = f"{version.document}: " if version.document != id else ""
        title = f" {version.title}" if version.title else ""
        click.echo(visible(f"  {version.ingested}  {version.sha256[:12]}  {end}  {name}{title}".rstrip()))


def _store() -> Store:
    from rahdari import bootstrap

    store = bootstrap.store(Settings.from_environment())
    store.refresh()
    return store


def _state(id: str, there: bool, withheld: frozenset[str], versions: Sequence[Version]) -> str:
    if there:
        return "in the store"
    if id in withheld:
        return "taken out by hand"
    ends = [version.end for version in versions if version.document == id]
    return "superseded" if ends[-1:] == ["superseded"] else "gone"


@documents.command(
    epilog="""\b
Examples:
  rahdari documents remove old-minutes
  rahdari documents remove --undo old-minutes"""
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--undo", is_flag=True, help="Let the next ingest take them in again.")
def remove(ids: tuple[str, ...], undo: bool) -> None:
    """Take documents out of the store.

    Their files stay where they are, and later ingests pass over them.
    """
    from rahdari import ingestion

    url = Settings.from_environment().database_url
    if undo:
        ingestion.take_back(url, ids)
        click.echo("The next `rahdari ingest` takes them in again.")
        return
    ingestion.remove(url, ids)
    for id in ids:
        click.echo(visible(f"removed: {id}"))


@documents.command(
    epilog="""\b
Examples:
  rahdari documents verify"""
)
def verify() -> None:
    """Check that the store is whole: the file, the place of every sentence, the sentence of every fact.

    What is wrong is listed, and the exit status is then 1.
    """
    from rahdari.cli.bars import progress_bar
    from rahdari.store import verify as problems_of

    with progress_bar("verifying") as show:
        problems = problems_of(Settings.from_environment().database_url, show)
    for problem in problems:
        click.echo(visible(problem))
    if problems:
        click.echo("`rahdari restore` brings a copy back that is whole.", err=True)
        raise click.exceptions.Exit(1)
    click.echo("The store is whole.")
