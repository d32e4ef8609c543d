"""The answers that were given, for as long as somebody may say what they think of them."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from dataclasses import asdict
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from rahdari.store.conversation_file import ConversationFile
from rahdari.store.feedback import GivenAnswer

NAME = "answers.sqlite"
LIFETIME = 90 * 24 * 3600.0  # seconds
REMEMBERED = 100  # answers that are in memory only

logger = logging.getLogger(__name__)


class GivenAnswers:
    """Answers by their ids. Noting one returns at once: a thread writes, as it does with conversations.

    Args:
        folder: where the file is.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._passing: OrderedDict[str, GivenAnswer] = OrderedDict()

    def note(self, answer: GivenAnswer, lasting: bool = True) -> None:
        """Keep an answer; one that is never written costs what people think of it, and nothing else.

        Args:
            lasting: whether it outlives the process; else it is one of the last 100 in memory.
        """
        if lasting:
            self._file.put(answer.id, partial(_rows, answer))
            return
        self._passing[answer.id] = answer
        while len(self._passing) > REMEMBERED:
            self._passing.popitem(last=False)

    def find(self, id: str) -> GivenAnswer | None:
        """The answer of this id; None where none was given within the last 90 days, or it cannot be read."""
        if id in self._passing:
            return self._passing[id]
        try:
            rows = self._file.get(id)
            return _answer(rows[0]) if rows else None
        except Exception:
            logger.exception("an answer that was given cannot be read")
            return None

    def close(self) -> bool:
        """Write what is left; False when something could not be written."""
        return self._file.close() if "_file" in self.__dict__ else True

    @cached_property
    def _file(self) -> ConversationFile:
        file = ConversationFile(self._path)
        try:
            file.forget_before(time.time() - LIFETIME)
        except Exception:
            logger.exception("old answers could not be removed from %s", self._path)
        return file


def _rows(answer: GivenAnswer) -> list[dict[str, Any]]:
    return [asdict(answer)]


def _answer(row: dict[str, Any]) -> GivenAnswer:
    return GivenAnswer(**{**row, "documents": tuple(row["documents"])})
