"""How quickly documents are read, beside spaCy alone on the same texts in the same run.

    python bench/extraction.py tests/corpus
    python bench/extraction.py tests/corpus --rounds 5

- spaCy alone: `spacy.pipe` over the same sentences with the same model, one core
- extraction: everything that the store holds but vectors: sentences, entities, mentions, facts
- ingestion: reading, extraction, vectors, and writing the store
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path


def main() -> None:
    """Measure each in turn, several rounds, and print the medians and what they are of spaCy's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder of documents")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()

    from rahdari import bootstrap
    from rahdari.extraction import Extractor
    from rahdari.extraction.blocks import blocks
    from rahdari.extraction.parsing import Parser
    from rahdari.extraction.sentences import split
    from rahdari.reading import read
    from rahdari.settings import Settings

    documents = [read(path) for path in sorted(given.folder.rglob("*")) if path.suffix in (".md", ".txt")]
    parser_, extractor = Parser.load(), Extractor.load()
    sentences = [
        d.text[a:b] for d in documents for block in blocks(d.text) for a, b in split(d.text, block.start, block.end)
    ]
    bootstrap.encoder()

    def ingest() -> None:
        with tempfile.TemporaryDirectory() as home:
            url = f"sqlite:///{home}/store.sqlite"
            bootstrap.ingest(replace(Settings.from_environment(), home=Path(home), database_url=url), [given.folder])

    measured: dict[str, Callable[[], object]] = {
        "spaCy alone": lambda: sum(1 for _ in parser_.parse(sentences)),
        "extraction": lambda: [extractor.extract(document) for document in documents],
        "ingestion": ingest,
    }
    taken: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(given.rounds):
        for name, run in measured.items():
            begun = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - begun)
    bare = statistics.median(taken["spaCy alone"])
    print(f"{len(documents)} documents, {len(sentences)} sentences, median of {given.rounds} rounds")
    for name, times in taken.items():
        middle = statistics.median(times)
        print(f"{name:<12} {len(documents) / middle:6.1f} documents a second  {middle / bare:5.2f} × spaCy's time")


if __name__ == "__main__":
    main()
