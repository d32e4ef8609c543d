"""How quickly documents are read, beside spaCy alone on the same texts in the same run.

    python bench/extraction.py tests/corpus
    python bench/extraction.py tests/corpus --rounds 5

- spaCy alone: `spacy.pipe` over the same sentences, all at once, with the same model, one core
- spaCy and encoder: the same, and the encoder on the texts that ingestion gives it
- extraction: everything that the store holds but vectors: sentences, entities, mentions, facts
- ingestion: reading, extraction, vectors, and writing the store
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    """Measure each in turn, several rounds, and print the medians and what they are of spaCy's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder of documents")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()

    from rahdari import ingestion
    from rahdari.encoding import Encoder
    from rahdari.extraction import Extractor
    from rahdari.extraction.parsing import Parser, language
    from rahdari.reading import read

    documents = [read(path) for path in sorted(given.folder.rglob("*")) if path.suffix in (".md", ".txt")]
    nlp, encoders = language(), [Encoder.load() for _ in range(2 * given.rounds)]  # each remembers what it is given
    found = [Extractor(Parser(nlp)).extract(document) for document in documents]
    sentences = [sentence.text for one in found for sentence in one.sentences]
    texts = [ingestion.in_context(document, one) for document, all_ in zip(documents, found) for one in all_.sentences]

    def spacy() -> None:
        for _ in nlp.pipe(sentences):
            pass

    def both() -> None:
        spacy()
        encoders.pop().encode(texts)

    def extract() -> None:
        extractor = Extractor(Parser(nlp))
        for document in documents:
            extractor.extract(document)

    def ingest() -> None:
        with tempfile.TemporaryDirectory() as home:
            tools = ingestion.Tools(Extractor(Parser(nlp)), encoders.pop())
            ingestion.ingest([given.folder], f"sqlite:///{home}/store.sqlite", lambda: tools)

    measured: dict[str, Callable[[], object]] = {
        "spaCy alone": spacy,
        "spaCy and encoder": both,
        "extraction": extract,
        "ingestion": ingest,
    }
    taken: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(given.rounds):
        for name, run in measured.items():
            begun = time.process_time()
            run()
            taken[name].append(time.process_time() - begun)
    bare, alone = (statistics.median(taken[name]) for name in ("spaCy alone", "spaCy and encoder"))
    print(f"{len(documents)} documents, {len(sentences)} sentences, median of {given.rounds} rounds")
    for name, times in taken.items():
        middle = statistics.median(times)
        times_ = f"{middle / bare:5.2f} × spaCy's time  {middle / alone:5.2f} × that of spaCy and encoder"
        print(f"{name:<18} {len(documents) / middle:6.1f} documents a second of a processor  {times_}")


if __name__ == "__main__":
    main()
