"""The answers that were given, for as long as somebody may say what they think of them."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections import OrderedDict
from dataclasses import asdict
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from rahdari.store.conversation_file import ConversationFile
from rahdari.store.feedback import GivenAnswer

NAME = "answers.sqlite"
REMEMBERED = 100  # answers of a conversation, and answers that are in memory only

logger = logging.getLogger(__name__)


class GivenAnswers:
    """Answers by their ids, without who asked: the last 100 of each conversation. Safe to use from several threads.

    Args:
        folder: where the file is. It is made when there is something to write.
        days: after which an answer is removed.
    """

    def __init__(self, folder: Path, days: float) -> None:
        self._path = folder / NAME
        self._days = days
        self._passing: OrderedDict[str, GivenAnswer] = OrderedDict()
        self._changing = threading.Lock()

    def note(self, answer: GivenAnswer, conversation: str, lasting: bool = True) -> None:
        """Keep an answer; a thread writes it. One that is never written costs what people think of it, nothing else.

        Args:
            conversation: the name that the dialogue has for it, so that it can be forgotten.
            lasting: whether it outlives the process; else it is one of the last 100 in memory.
        """
        with self._changing:
            if not lasting:
                self._passing[answer.id] = answer
                while len(self._passing) > REMEMBERED:
                    self._passing.popitem(last=False)
                return
            list_of = _list_of(conversation)
            ids = [*self._ids(list_of), answer.id]
            for old in ids[:-REMEMBERED]:
                self._file.forget(old)
            self._file.put(answer.id, partial(_rows, answer))
            self._file.put(list_of, partial(_row_of_ids, ids[-REMEMBERED:]))

    def find(self, id: str) -> GivenAnswer | None:
        """The answer of this id; None where none was given, it was forgotten, or it cannot be read."""
        if id in self._passing:
            return self._passing[id]
        try:
            rows = self._file.get(id)
            return _answer(rows[0]) if rows else None
        except Exception:
            logger.exception("an answer that was given cannot be read")
            return None

    def forget(self, conversation: str) -> None:
        """Remove the answers of a conversation."""
        with self._changing:
            list_of = _list_of(conversation)
            for id in (*self._ids(list_of), list_of):
                self._file.forget(id)

    def close(self) -> bool:
        """Write what is left; False when something could not be written."""
        return self._file.close() if "_file" in self.__dict__ else True

    @cached_property
    def _file(self) -> ConversationFile:
        return ConversationFile(self._path, self._days)

    def _ids(self, list_of: str) -> list[str]:
        try:
            rows = self._file.get(list_of)
            return list(rows[0]["ids"]) if rows else []
        except Exception:
            logger.exception("which answers a conversation had cannot be read")
            return []


def _list_of(conversation: str) -> str:
    """The name under which the ids of a conversation's answers are kept; the conversation's own may name a person."""
    return "of " + hashlib.sha256(conversation.encode("utf-8", "replace")).hexdigest()


def _rows(answer: GivenAnswer) -> list[dict[str, Any]]:
    return [asdict(answer)]


def _row_of_ids(ids: list[str]) -> list[dict[str, Any]]:
    return [{"ids": ids}]


def _answer(row: dict[str, Any]) -> GivenAnswer:
    return GivenAnswer(**{**row, "documents": tuple(row["documents"])})
