"""Documents -> what is found in them: in this process, or in several, each with models of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait as wait_for
from typing import Protocol

from rahdari.ingestion.context import in_context
from rahdari.records import Document, Extraction
from rahdari.store import Piece
from rahdari.store.codec import Vectors

_WORTH_A_PROCESS = 8  # documents: for fewer, loading the models takes longer than reading them
_AHEAD = 4  # documents handed to each process


class Extractor(Protocol):
    """What ingestion needs of rahdari.extraction.Extractor."""

    def extract(self, document: Document) -> Extraction:
        """All that is found in one document."""


class Encoder(Protocol):
    """What ingestion needs of rahdari.encoding.Encoder."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A vector of 384 for each text."""


@dataclass(frozen=True)
class Tools:
    """What does the work; loaded only when there is some."""

    extractor: Extractor
    encoder: Encoder


Load = Callable[[], Tools]
Progress = Callable[[int, int, str], None]
"""Called with the number of documents done, their total, and the id of the next or the last one."""


@dataclass(frozen=True)
class Failure:
    """A document that nothing could be found in, and why."""

    document: Document
    reason: str


def work(documents: Sequence[Document], load: Load, progress: Progress, jobs: int = 1) -> Iterator[Piece | Failure]:
    """What is found in each document; in another order than given where there are several jobs.

    Args:
        load: with several jobs, a function of a module, so that other processes can call it.
        jobs: how many processes at most.
    """
    jobs = min(jobs, len(documents) // _WORTH_A_PROCESS)
    if jobs < 2:
        tools = load()
        for number, document in enumerate(documents):
            progress(number, len(documents), document.id)
            yield _found(tools, document)
    else:
        longest_first = sorted(documents, key=lambda document: -len(document.text))  # none is left with a long one alone
        for number, found in enumerate(_shared(longest_first, load, jobs)):
            progress(number, len(documents), found.document.id)
            yield found
    progress(len(documents), len(documents), "")


def _found(tools: Tools, document: Document) -> Piece | Failure:
    try:
        extraction = tools.extractor.extract(document)
        texts = [in_context(document, sentence) for sentence in extraction.sentences]
        return Piece(document, extraction, tools.encoder.encode(texts))
    except Exception as error:  # whatever one document does to the extractor, the others go on
        return Failure(document, f"{document.id} was not understood: {error!r}")


def _shared(documents: Sequence[Document], load: Load, jobs: int) -> Iterator[Piece | Failure]:
    left = iter(documents)
    pending: dict[Future[Piece | Failure], Document] = {}
    suspects: list[Document] = []
    while True:
        with _pool(load, jobs) as pool:
            try:
                while True:
                    for document in islice(left, _AHEAD * jobs - len(pending)):
                        pending[pool.submit(_in_process, document)] = document
                    if not pending:
                        break
                    for future in wait(pending, return_when=FIRST_COMPLETED).done:
                        found = future.result()
                        del pending[future]
                        yield found
            except BrokenProcessPool:  # one of them has ended its process: which one shows when each is alone
                suspects.extend(pending.values())
                pending.clear()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        yield from _alone(suspects, load)
        suspects.clear()
        rest = list(islice(left, 1))
        if not rest:
            return
        left = _chain(rest, left)


def _chain(first: Iterable[Document], rest: Iterator[Document]) -> Iterator[Document]:
    yield from first
    yield from rest


def _alone(documents: Iterable[Document], load: Load) -> Iterator[Piece | Failure]:
    for document in documents:
        with _pool(load, 1) as pool:
            try:
                yield pool.submit(_in_process, document).result()
            except BrokenProcessPool:
                yield Failure(document, f"{document.id} was not understood: the process that read it was ended")


def _pool(load: Load, jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin, (load,))


_tools: list[Tools] = []  # of this process


def _begin(load: Load) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which ends this one
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _tools.append(load())


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _in_process(document: Document) -> Piece | Failure:
    return _found(_tools[0], document)
