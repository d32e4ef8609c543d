"""What a document is called by: the name of its file, and more of the path where that is not enough."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from rahdari.reading.formats import UNPACKERS


def longer_and_longer(path: Path, beside: bool) -> Iterator[str]:
    """Ids for the document in a file, the best first, without end.

    "report"; then "report-pdf", where the file that is called "report" lies `beside` it; then "2023-report",
    "2023-report-pdf", "accounts-2023-report" and so on; then "report-2" and so on.
    """
    id, ending = path.stem, path.suffix[1:].lower() or "file"
    yield id
    if beside:
        yield f"{id}-{ending}"
    for part in reversed(Path(os.path.abspath(path)).parts[1:-1]):
        part = part.encode("utf-8", "replace").decode()  # what is no UTF-8 is `?`
        archive = Path(part).suffix.lower() in UNPACKERS
        id = f"{Path(part).stem if archive else part}-{id}"
        yield id
        yield f"{id}-{ending}"
    yield from (f"{path.stem}-{number}" for number in count(2))


class Apart:
    """Files in an archive or a message, which may hold several of one name: a file is known by where it lies.

    Args:
        held: all of them.
    """

    def __init__(self, held: Iterable[Path]) -> None:
        self._taken = set(held)
        self._times: Counter[Path] = Counter()

    def own(self, path: Path) -> Path:
        """Where a file lies; of a name that has come before, `minutes-2.txt`, or a higher number."""
        self._times[path] += 1
        own = path
        if self._times[path] > 1:
            while (own := path.with_name(f"{path.stem}-{self._times[path]}{path.suffix}")) in self._taken:
                self._times[path] += 1
            self._taken.add(own)
        return own
