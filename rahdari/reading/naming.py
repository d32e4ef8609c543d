"""What a document is called by: the name of its file, and more of the path where that is not enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from rahdari.reading.formats import UNPACKERS


def longer_and_longer(path: Path, holder: Path | None) -> Iterator[str]:
    """Ids for the document in a file, the best first, without end.

    "report"; then "report-pdf", where the file that is called so, `holder`, lies beside it; then "2023-report",
    "2023-report-pdf", "accounts-2023-report" and so on; then "report-2" and so on.
    """
    id, ending = path.stem, path.suffix[1:].lower() or "file"
    yield id
    if holder is not None and holder.parent == path.parent:
        yield f"{id}-{ending}"
    for part in reversed(path.absolute().parts[1:-1]):
        archive = Path(part).suffix.lower() in UNPACKERS
        id = f"{Path(part).stem if archive else part}-{id}"
        yield id
        yield f"{id}-{ending}"
    yield from (f"{path.stem}-{number}" for number in count(2))
