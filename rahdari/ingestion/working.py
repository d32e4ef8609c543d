"""Documents -> what is found in them: in this process, or in several, each with models of its own."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait as wait_for
from typing import Protocol

from rahdari.ingestion.context import in_context
from rahdari.ingestion.limiting import SECONDS, TooLong, allowed, end_process_after, limited
from rahdari.records import Document, Extraction
from rahdari.store import Piece, Progress, Staging
from rahdari.store.codec import Vectors

_WORTH_A_PROCESS = 8  # documents: for fewer, loading the models takes longer than reading them
_AHEAD = 2  # groups handed to each process
_TOGETHER, _CHARACTERS = 16, 20_000  # documents, and characters of them, that are a group: a second's work
_PAUSE = 0.3  # seconds between two looks whether others have read what is left


class Extractor(Protocol):
    """What ingestion needs of rahdari.extraction.Extractor."""

    def look_ahead(self, documents: Sequence[Document]) -> None:
        """Does together what it can for documents that it is about to be given."""

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
UNDERSTANDING = "understanding"


@dataclass(frozen=True)
class Failure:
    """A document that nothing could be found in, and why.

    Attributes:
        lasting: it is not worth another try before the document, the code or the limit changes.
    """

    document: Document
    reason: str
    lasting: bool = False


def work_through(
    staged: Staging,
    do: Callable[[Iterable[Document], int], Iterable[Piece | Failure]],
    take: Callable[[Piece], None] = lambda _: None,
) -> None:
    """Reads what is to be read and nobody else reads, until all is read.

    Args:
        do: as `work`, given documents and their number.
        take: given each piece that is found here, once it is safe.
    """
    while left := staged.left():
        for found in do(staged.claims(), left):
            if isinstance(found, Failure):
                staged.give_up(found.document, found.reason, found.lasting)
            else:
                staged.add(found)
                take(found)
        if staged.left():  # others are at work, who may be killed
            time.sleep(_PAUSE)


def work(
    documents: Iterable[Document],
    load: Load,
    progress: Progress,
    jobs: int = 1,
    seconds: int = SECONDS,
    total: int | None = None,
) -> Iterator[Piece | Failure]:
    """What is found in each document; in another order than given where there are several jobs.

    Args:
        documents: read ahead of what is found by a few for each job, unless it is a sequence.
        total: how many documents there are at most; needed where it is no sequence.
        load: with several jobs, a function of a module, so that other processes can call it.
        jobs: how many processes at most.
        seconds: of processor time that a document of usual length may take.
    """
    if isinstance(documents, Sequence):
        total = len(documents)
        if jobs > 1:  # none is left with a long one alone
            documents = sorted(documents, key=lambda document: -len(document.text))
    most = total or 0
    jobs = min(jobs, most // _WORTH_A_PROCESS)
    groups = _groups(documents, 2 * _AHEAD * jobs if jobs > 1 else 1)
    if jobs < 2:
        tools: Tools | None = None
        number = 0
        for group in groups:
            tools = tools or load()
            _look_ahead(tools, group, seconds)
            for document in group:
                progress(UNDERSTANDING, number, most, document.id)
                yield _found(tools, document, seconds)
                number += 1
    else:
        for number, found in enumerate(_shared(groups, load, jobs, seconds)):
            progress(UNDERSTANDING, number, most, found.document.id)
            yield found
    progress(UNDERSTANDING, most, most, "")


def _groups(documents: Iterable[Document], shares: int) -> Iterator[list[Document]]:
    """The documents in order, short ones several at a time, but no more than one of so many shares of what is left.

    One at a time where they are no sequence: what is claimed and not begun is held against whoever claimed it, should
    that process be ended.
    """
    left = len(documents) if isinstance(documents, Sequence) else 0
    group: list[Document] = []
    for document in documents:
        if group and sum(len(one.text) for one in [*group, document]) > _CHARACTERS:
            yield group
            left -= len(group)
            group = []
        group.append(document)
        if len(group) >= min(_TOGETHER, left // shares):  # and none that is not needed yet is asked for
            yield group
            left -= len(group)
            group = []
    if group:
        yield group


def _look_ahead(tools: Tools, group: Sequence[Document], seconds: int) -> None:
    """Only to save time: whatever goes wrong shows again when each document is taken by itself."""
    if len(group) > 1:
        with suppress(TooLong, Exception), limited(seconds):
            tools.extractor.look_ahead(group)


def _found(tools: Tools, document: Document, seconds: int) -> Piece | Failure:
    try:
        with limited(allowed(document, seconds)):
            extraction = tools.extractor.extract(document)
            texts = [in_context(document, sentence) for sentence in extraction.sentences]
            return Piece.of(document, extraction, tools.encoder.encode(texts))
    except TooLong:
        return _too_long(document, seconds)
    except Exception as error:  # whatever one document does to the extractor, the others go on
        return Failure(document, f"{document.id} was not understood: {error!r}")


def _too_long(document: Document, seconds: int) -> Failure:
    most = round(allowed(document, seconds))
    reason = f"{document.id} takes longer than {most} seconds to be understood; give it in parts or in plainer words"
    return Failure(document, f"{reason}, or raise RAHDARI_EXTRACTION_SECONDS", lasting=True)


def _shared(left: Iterator[list[Document]], load: Load, jobs: int, seconds: int) -> Iterator[Piece | Failure]:
    pending: dict[Future[list[Piece | Failure]], list[Document]] = {}
    suspects: list[Document] = []
    while True:
        with _pool(load, jobs, seconds) as pool:
            try:
                while True:
                    for group in islice(left, _AHEAD * jobs - len(pending)):
                        pending[pool.submit(_in_process, group)] = group
                    if not pending:
                        break
                    for future in wait(pending, return_when=FIRST_COMPLETED).done:
                        found = future.result()
                        del pending[future]
                        yield from found
            except BrokenProcessPool:  # one of them has ended its process: which one shows when each is alone
                suspects.extend(document for group in pending.values() for document in group)
                pending.clear()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        yield from _alone(suspects, load, seconds)
        suspects.clear()
        rest = list(islice(left, 1))
        if not rest:
            return
        left = chain(rest, left)


def _alone(documents: Iterable[Document], load: Load, seconds: int) -> Iterator[Piece | Failure]:
    """One at a time, all by one process as long as none of them ends it."""
    left = deque(documents)
    while left:
        before, begun = _children_used(), 0.0
        with _pool(load, 1, seconds) as pool:
            try:
                while left:
                    begun = pool.submit(time.process_time).result()
                    [found] = pool.submit(_in_process, [left[0]]).result()
                    left.popleft()
                    yield found
            except BrokenProcessPool:
                pass
        if left:
            ended = left.popleft()
            used = _children_used() - before - begun
            if used >= 1.5 * allowed(ended, seconds):  # the system counts no more exactly than that
                yield _too_long(ended, seconds)
            else:
                yield Failure(ended, f"{ended.id} was not understood: the process that read it was ended")


def _children_used() -> float:
    """Processor seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _pool(load: Load, jobs: int, seconds: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin, (load, seconds))


_tools: list[Tools | Exception] = []  # of this process, or why it has none
_seconds: list[int] = []


def _begin(load: Load, seconds: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which ends this one
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _seconds.append(seconds)
    try:
        _tools.append(load())
    except Exception as error:  # told with the first document: where this fails, the pool breaks and nobody hears why
        _tools.append(error)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _in_process(group: list[Document]) -> list[Piece | Failure]:
    tools, seconds = _tools[0], _seconds[0]
    if isinstance(tools, Exception):
        raise tools
    end_process_after(2 * seconds)  # where the gentle way does not end it
    _look_ahead(tools, group, seconds)
    found = []
    for document in group:
        end_process_after(2 * allowed(document, seconds))
        found.append(_found(tools, document, seconds))
    return found
