"""Ingests in a process of its own for every two lines of standard input, to be killed between them.

After the first its id is printed, after the second how it ended.

    python tests/kill_stage.py FOLDER STORE LOG

What the extractor reads is written to LOG, a line a document, when it has read it.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from store_fakes import FakeExtractor, fake_tools  # noqa: E402

from rahdari.ingestion import ingest  # noqa: E402
from rahdari.records import Document, Extraction  # noqa: E402


class Telling(FakeExtractor):
    """Takes 3 ms for each document, and tells which it has read."""

    def extract(self, document: Document) -> Extraction:
        time.sleep(0.003)
        found = super().extract(document)
        with open(sys.argv[3], "a") as log:
            log.write(f"{document.id} {document.sha256}\n")
        return found


def main() -> None:
    """One child after the other."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                ingest([sys.argv[1]], sys.argv[2], lambda: fake_tools(Telling()))
                status = 0
            finally:
                os._exit(status)
        print(child, flush=True)
        sys.stdin.readline()  # until then its number is nobody else's
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
