"""The fixture files, and beside each what is read out of it: its documents with all that is known of them.

    python -m tests.reading.reading_golden          writes both anew (from the clone's folder)
    python -m tests.reading.reading_golden --check  tells what differs, writes nothing

A change in the text that is read needs a higher version of its reader in rahdari/reading/formats.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fixtures import FIXTURES

from rahdari.reading import read_all

FOLDER = Path(__file__).resolve().parent / "documents"
_SHOWN = ("id", "title", "publisher", "author", "published", "language", "source")


def expected_of(name: str) -> Path:
    """Where what is read out of a fixture stands."""
    return FOLDER / f"{name}.expected.txt"


def shown(path: Path) -> str:
    """All documents in a file: what is known of each, a line of dashes, its text; then what was left out."""
    reading = read_all([path])
    parts = []
    for document in reading.documents:
        known = [f"{name}: {value}" for name in _SHOWN if (value := getattr(document, name)) is not None]
        parts.append("\n".join([*known, f"reader: {document.reader.split(',')[0]}", "-----", document.text]))
    parts += [f"left out: {entry.path.relative_to(path.parent)}: {entry.reason}" for entry in reading.left_out]
    return "\n=====\n".join(parts) + "\n"


def main(arguments: list[str]) -> int:
    """Writes or checks; 1 where something differs and was only to be checked."""
    FOLDER.mkdir(exist_ok=True)
    differing = []
    for name, make in FIXTURES.items():
        path, data = FOLDER / name, make()
        if not path.exists() or path.read_bytes() != data:
            differing.append(name)
            if "--check" not in arguments:
                path.write_bytes(data)
        text = shown(path)
        golden = expected_of(name)
        if not golden.exists() or golden.read_bytes() != text.encode():
            differing.append(golden.name)
            if "--check" not in arguments:
                golden.write_bytes(text.encode())
    print("\n".join(differing) or "nothing differs")
    return 1 if differing and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
