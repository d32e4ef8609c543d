"""`rahdari documents`: what is in the store, one by one, and whether all of it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rahdari.channels.text import visible
from rahdari.cli.output import form_options, show, show_json
from rahdari.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rahdari.ingestion import Origin
    from rahdari.records import Document
    from rahdari.store import Store, Version

_COLUMNS: tuple[str, ...] = ("id", "title", "publisher", "published", "sentences", "facts")
_COLUMNS_WITHHELD: tuple[str, ...] = ("id", "title", "taken_out")


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  rahdari documents
  rahdari documents --find motorway --json
  rahdari documents --withheld
  rahdari documents show harbour-lease""",
)
@click.option("--find", help="Only documents with this in their id, title or publisher; letter case aside.")
@click.option("--withheld", is_flag=True, help="Those that `rahdari documents remove` took out, instead.")
@form_options
@click.pass_context
def documents(context: click.Context, find: str | None, withheld: bool, form: str) -> None:
    """List the documents in the store; or show one, take some out, verify all.

    JSON and CSV tell the file of each as well, as the last ingest on this machine noted it.
    """
    if context.invoked_subcommand is not None:
        return
    store, files = _store(), _origins()
    if withheld:
        rows, columns, empty = _withheld(store, files), _COLUMNS_WITHHELD, "No document was taken out by hand."
    else:
        rows, columns, empty = _held(store, files), _COLUMNS, "The store holds no document."
    if find is not None:
        told = ("id", "title", "publisher")
        rows = (row for row in rows if any(find.casefold() in str(row.get(one) or "").casefold() for one in told))
        empty = "No document fits."
    show(list(rows), form, columns, empty)


def _held(store: Store, files: Mapping[str, Origin]) -> Iterator[dict[str, Any]]:
    for document in store.documents():
        yield {
            "id": document.id,
            "title": document.title,
            "publisher": document.publisher,
            "author": document.author,
            "published": document.published,
            "language": document.language,
            "source": document.source,
            "file": _file(document, files),
            "sentences": len(store.sentences(document.id)),
            "facts": len(store.facts(document=document.id)),
        }


def _withheld(store: Store, files: Mapping[str, Origin]) -> Iterator[dict[str, Any]]:
    for id in sorted(store.withheld()):
        last = [version for version in store.versions(id) if version.document == id][-1]
        file = files[id].file if id in files else None
        yield {"id": id, "title": last.title, "taken_out": last.ended, "file": file}


def _file(document: Document, files: Mapping[str, Origin]) -> str | None:
    """The file of a document, where it was that one's when this text was made: a copy of the store may be another."""
    origin = files.get(document.id)
    return origin.file if origin is not None and origin.sha256 == document.sha256 else None


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
        known["file"] = _file(document, _origins())
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


def _origins() -> Mapping[str, Origin]:
    from rahdari import bootstrap

    return bootstrap.origins(Settings.from_environment())


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
