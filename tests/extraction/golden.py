"""The expected extractions beside tests/extraction/documents: one finding a line, so that a change shows as a diff.

    python -m tests.extraction.golden          writes them anew (from the clone's folder)
    python -m tests.extraction.golden --check  tells what differs, writes nothing

A line's first cell says what is found, its others what it is:

    sentence   kind, modality, speaker, text (line ends as blanks)
    entity     type, name, its other names
    value      type, normalised value, wording
    sector     name, wording
    reference  wording (pronoun or description), the name of what it stands for
    role       person, role
    fact       subject, predicate, object, modality, as of

The first line says which of these a file holds: `# holds: sentence entity`. A line that opens with `!` is found but
wrong: it is written down as a known defect and not compared. Both are kept when the files are written anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from rahdari.extraction import Extractor
from rahdari.reading import read
from rahdari.records import Document, Extraction, Mention

FOLDER = Path(__file__).resolve().parent / "documents"
_HOLDS = "# holds: "
_VALUES = ("amount", "quantity", "date")


def documents() -> list[Path]:
    """The fixture documents, each with one phenomenon."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".md"))


def golden_of(path: Path) -> Path:
    """Where a document's expected extraction stands."""
    return path.with_name(f"{path.stem}.expected.tsv")


def read_golden(path: Path) -> tuple[tuple[str, ...], list[str], list[str]]:
    """What a golden file holds: the kinds of finding, the right lines, the ones known to be wrong (without `!`)."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    kinds = tuple(first.removeprefix(_HOLDS).split())
    wrong = [line[1:] for line in lines if line.startswith("!")]
    return kinds, [line for line in lines if not line.startswith("!")], wrong


def findings(document: Document, extraction: Extraction, kinds: Iterable[str] = ()) -> list[str]:
    """Every finding of these kinds as one line, in reading order within its kind; all kinds where none is named."""
    return [
        "\t".join([kind, *(_cell(cell) for cell in cells)])
        for kind in (tuple(kinds) or tuple(_KINDS))
        for cells in _KINDS[kind](document, extraction)
    ]


def _cell(text: str | None) -> str:
    return " ".join(text.split()) if text else "-"


_Row = tuple["str | None", ...]


def _sentences(_: Document, found: Extraction) -> Iterable[_Row]:
    return ((s.kind, s.modality, s.speaker, s.text) for s in found.sentences)


def _entities(_: Document, found: Extraction) -> Iterable[_Row]:
    for entity in found.entities:
        if entity.type != "sector":
            yield entity.type, entity.name, "; ".join(sorted(set(entity.aliases) - {entity.name}))


def _values(_: Document, found: Extraction) -> Iterable[_Row]:
    return ((m.type, m.value, m.text) for m in found.mentions if m.type in _VALUES)


def _sectors(_: Document, found: Extraction) -> Iterable[_Row]:
    names = {entity.id: entity.name for entity in found.entities}
    return ((names[m.entity or ""], m.text) for m in found.mentions if m.type == "sector")


def _references(_: Document, found: Extraction) -> Iterable[_Row]:
    names = {entity.id: entity.name for entity in found.entities}
    return ((m.text, names[m.entity]) for m in found.mentions if m.entity and _refers(m) and m.entity in names)


def _refers(mention: Mention) -> bool:
    return mention.type not in ("sector", *_VALUES) and (
        mention.text[0].islower() or mention.text.split()[0] in ("It", "Its", "He", "She", "They", "Both", "The")
    )


def _roles(_: Document, found: Extraction) -> Iterable[_Row]:
    people = {entity.id: entity.name for entity in found.entities if entity.type == "person"}
    for fact in found.facts:
        if fact.predicate == "be" and fact.subject_entity in people and fact.modality == "stated":
            yield people[fact.subject_entity or ""], fact.object


def _facts(_: Document, found: Extraction) -> Iterable[_Row]:
    return ((f.subject, f.predicate, f.object, f.modality, f.as_of) for f in found.facts)


_KINDS: dict[str, Callable[[Document, Extraction], Iterable[_Row]]] = {
    "sentence": _sentences, "entity": _entities, "value": _values, "sector": _sectors, "reference": _references,
    "role": _roles, "fact": _facts,
}  # fmt: skip


def _written(path: Path, extractor: Extractor) -> str:
    golden = golden_of(path)
    kinds, _, wrong = read_golden(golden) if golden.exists() else (tuple(_KINDS), [], [])
    document = read(path)
    found = findings(document, extractor.extract(document), kinds)
    return "\n".join([_HOLDS + " ".join(kinds), *(f"!{line}" if line in wrong else line for line in found)]) + "\n"


def main(arguments: list[str]) -> int:
    """Writes or checks; 1 where something differs and was only to be checked."""
    extractor = Extractor.load()
    differing = []
    for path in documents():
        text = _written(path, extractor)
        golden = golden_of(path)
        if not golden.exists() or golden.read_text(encoding="utf-8") != text:
            differing.append(golden.name)
            if "--check" not in arguments:
                golden.write_text(text, encoding="utf-8")
    print("\n".join(differing) or "nothing differs")
    return 1 if differing and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
