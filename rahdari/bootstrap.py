"""The one place where real objects are wired together: lazily, and once for each settings."""

from __future__ import annotations

import atexit
import logging
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rahdari.errors import StoreError
from rahdari.records import Answer, Question
from rahdari.settings import Settings

if TYPE_CHECKING:
    from rahdari import ingestion
    from rahdari.answering import Answerer
    from rahdari.encoding import Encoder
    from rahdari.linking import Linker
    from rahdari.reading import Metadata
    from rahdari.store import Explorer, GivenAnswers, Progress, Store, Unanswered

log = logging.getLogger(__name__)

_KEPT_FOR = {"unknown", "out_of_scope"}  # statuses of answers whose question `rahdari unanswered` shows


class LiveAnswerer:
    """An Answerer over the store as it is now: a new one is taken up before the next question."""

    def __init__(self, store: Store, answerer: Answerer, unanswered: Unanswered | None) -> None:
        self._store = store
        self._answerer = answerer
        self._unanswered = unanswered

    def answer(self, question: Question, keep: bool = True) -> Answer:
        """As Answerer.answer; a question without an answer is counted, unless nobody asked it."""
        self._store.refresh()
        answer = self._answerer.answer(question)
        if keep and self._unanswered is not None and answer.status in _KEPT_FOR:
            try:
                self._unanswered.record(question.text, answer.status)
            except StoreError as error:
                log.warning("a question without an answer was not counted: %s", error)
        return answer


def answerer(settings: Settings) -> LiveAnswerer:
    """What answers questions. The first call for a store opens it and loads the encoder.

    Raises:
        StoreMissing: nothing was ingested yet; the next call looks again.
        StoreError, ModelError: the store or the encoder cannot be used.
    """
    return _answerer(settings.database_url, settings.home if settings.keep_unanswered else None)


@lru_cache(maxsize=8)
def _answerer(url: str, home: Path | None) -> LiveAnswerer:
    facts = _store(url)  # first: where it is missing, nothing else need be loaded
    from rahdari.answering import Answerer
    from rahdari.store import Unanswered

    unanswered = Unanswered(home) if home is not None else None
    return LiveAnswerer(facts, Answerer(facts, encoder(), _linker(url)), unanswered)


def linker(settings: Settings) -> Linker:
    """What finds entities in a question, over the store as it is now: call it for each message. Raises as `store`."""
    store(settings).refresh()
    return _linker(settings.database_url)


@lru_cache(maxsize=8)
def _linker(url: str) -> Linker:
    from rahdari.linking import Linker

    return Linker(_store(url))


def store(settings: Settings) -> Store:
    """The store, opened once for each address.

    Raises:
        StoreMissing: nothing was ingested yet; the next call looks again.
        StoreError: it cannot be used.
    """
    return _store(settings.database_url)


@lru_cache(maxsize=8)
def _store(url: str) -> Store:
    from rahdari.store import Store

    return Store.open(url)


def explorer(settings: Settings) -> Explorer:
    """The store for looking around in, over a connection of its own, as it is now: call it each time.

    Raises as `store`.
    """
    found = _explorer(settings.database_url)
    found.refresh()
    return found


@lru_cache(maxsize=8)
def _explorer(url: str) -> Explorer:
    from rahdari.store import Explorer

    return Explorer.open(url)


def given_answers(settings: Settings) -> GivenAnswers:
    """The answers that people can say what they think of; what is not written yet is when the process ends."""
    return _given_answers(settings.home, settings.keep_days)


@lru_cache(maxsize=8)
def _given_answers(home: Path, days: int) -> GivenAnswers:
    from rahdari.store import GivenAnswers

    given = GivenAnswers(home / "conversations", days)
    atexit.register(given.close)
    return given


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The sentence encoder. Raises ModelError where it is not the one expected."""
    from rahdari.encoding import Encoder

    return Encoder.load()


def ingest(
    settings: Settings,
    paths: Iterable[str | Path] = (),
    progress: Progress | None = None,
    jobs: int = 1,
    dry_run: bool = False,
    anew: bool = False,
    told: Metadata | None = None,
    allow_empty: bool = False,
) -> ingestion.Report:
    """Makes the store hold exactly the documents at these paths, else those of the settings.

    Arguments and errors as of rahdari.ingestion.ingest.
    """
    from rahdari import ingestion
    from rahdari.reading import UNTOLD
    from rahdari.store import is_own

    chosen = list(paths)
    return ingestion.ingest(
        chosen or [settings.documents],
        settings.database_url,
        _tools,
        progress or (lambda *_: None),
        "paths" if chosen else "settings",
        jobs,
        dry_run,
        anew,
        settings.extraction_seconds,
        _seen(settings),
        told or UNTOLD,
        allow_empty,
        lambda path: is_own(path, settings.home, settings.database_url),
    )


def origins(settings: Settings) -> dict[str, ingestion.Origin]:
    """Which file each document was made of, by id. As of rahdari.ingestion.origins."""
    from rahdari import ingestion

    return ingestion.origins(settings.database_url, _seen(settings))


def _seen(settings: Settings) -> Path:
    return settings.home / "store.seen"


def help_out(
    settings: Settings,
    progress: Progress,
    jobs: int = 1,
    once: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Reads documents for ingests that run elsewhere. Arguments and errors as of rahdari.ingestion.help_out."""
    from rahdari import ingestion

    ingestion.help_out(settings.database_url, _tools, progress, jobs, once, tell)


def _tools() -> ingestion.Tools:
    from rahdari.extraction import Extractor
    from rahdari.ingestion import Tools

    return Tools(Extractor.load(), encoder())
