"""Reads documents for an ingest, or ingests, in a process of its own, to be killed.

    python tests/work_stage.py work|command|ingest STORE LOG MILLISECONDS [FOLDER]

`command` is `rahdari work` as somebody would call it, `work` what it does.

Each document takes so many milliseconds, and is noted in LOG, a line when it is begun and one when it is read. One with
the word `deadly` ends the process that reads it.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from store_fakes import FakeExtractor, fake_tools  # noqa: E402

from rahdari import bootstrap  # noqa: E402
from rahdari.cli import main  # noqa: E402
from rahdari.ingestion import Tools, help_out, ingest  # noqa: E402
from rahdari.records import Document, Extraction  # noqa: E402


class Telling(FakeExtractor):
    """Takes its time, and tells what it does."""

    def extract(self, document: Document) -> Extraction:
        self._note("begins", document)
        if "deadly" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(int(sys.argv[4]) / 1000)
        found = super().extract(document)
        self._note("read", document)
        return found

    def _note(self, what: str, document: Document) -> None:
        with open(sys.argv[3], "a") as log:
            log.write(f"{os.getpid()} {what} {document.id}\n")


def tools() -> Tools:
    """Of this process."""
    return fake_tools(Telling())


if __name__ == "__main__":
    if sys.argv[1] == "work":
        help_out(sys.argv[2], tools)
    elif sys.argv[1] == "command":
        bootstrap._tools = tools  # type: ignore[assignment]
        os.environ["RAHDARI_DATABASE_URL"] = sys.argv[2]
        main(["work"])
    else:
        ingest([sys.argv[5]], sys.argv[2], tools)
