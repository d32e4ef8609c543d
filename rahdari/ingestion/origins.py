"""Which file each document was made of, as the last ingest noted it beside the store."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from rahdari.reading import remembering
from rahdari.store import on_server, store_file


class Origin(NamedTuple):
    """The file that a document was made of, parts of archives and mails as below them, and the document's sha256."""

    file: str
    sha256: str


def noted_in(url: str, seen: Path | None) -> Path | None:
    """The file that notes what the files of a store looked like: `seen` where the store is on a server."""
    return seen if on_server(url) else store_file(url).with_name(f"{store_file(url).name}.seen")


def origins(url: str, seen: Path) -> dict[str, Origin]:
    """The origin of each document that the last ingest on this machine saw, by id; none where nothing is noted."""
    path = noted_in(url, seen)
    files = remembering.load(path).files if path else {}
    return {mark.id: Origin(place, mark.sha256) for place, mark in files.items()}
