"""What the program knows of documents, persons and projects comes from the store: no file of it names one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rahdari.store import Store

NAMED = ("project", "agreement", "programme", "person", "event", "organisation")
PROGRAM = ("rahdari", "actions", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml")
TEXT = {".py", ".txt", ".tsv", ".json", ".yml", ".html", ".js", ".css"}
# Names that are also in a list of what everybody knows, or plain words: not learnt from these documents.
COMMON = {"united nations"}


def program_files(root: Path) -> Iterator[Path]:
    for name in PROGRAM:
        files = (root / name).rglob("*") if (root / name).is_dir() else [root / name]
        yield from (path for path in files if path.suffix in TEXT and path.name != "vocab.txt")


def names(store: Store) -> set[str]:
    """Proper names of at least two capitalised words, and ids and titles of documents."""
    found = {document.id.replace("-", " ") for document in store.documents()} | {
        document.title for document in store.documents() if document.title
    }
    for kind in NAMED:
        for entity in store.entities(kind):
            found |= {name for name in entity.aliases if re.match(r"[A-Z][\w.'’-]+ (?:\w+ )*[A-Z]", name)}
    return {name.lower() for name in found} - COMMON


def test_no_file_of_the_program_names_anything_of_the_documents(root: Path, store: Store) -> None:
    known = names(store)
    assert len(known) > 10, "the store gave hardly a name: this test sees nothing"
    found = []
    for path in program_files(root):
        text = re.sub(r"[\s_-]+", " ", path.read_text(encoding="utf-8")).lower()
        found += [f"{path.relative_to(root)}: {name}" for name in sorted(known) if name in text]
    assert not found
