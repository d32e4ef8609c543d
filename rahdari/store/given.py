"""The answers that were given, for as long as somebody may say what they think of them."""

from __future__ import annotations

import logging
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from rahdari.store.conversation_file import ConversationFile
from rahdari.store.feedback import GivenAnswer

NAME = "answers.sqlite"
LIFETIME = 90 * 24 * 3600.0  # seconds

logger = logging.getLogger(__name__)


class GivenAnswers:
    """Answers by their ids. Noting one returns at once: a thread writes, as it does with conversations.

    Args:
        folder: where the file is.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / NAME
        self._file = ConversationFile(path)
        try:
            self._file.forget_before(time.time() - LIFETIME)
        except Exception:
            logger.exception("old answers could not be removed from %s", path)

    def note(self, answer: GivenAnswer) -> None:
        """Keep an answer; one that is never written costs what people think of it, and nothing else."""
        self._file.put(answer.id, partial(_rows, answer))

    def find(self, id: str) -> GivenAnswer | None:
        """The answer of this id; None where none was given within the last 90 days, or it cannot be read."""
        try:
            rows = self._file.get(id)
            return _answer(rows[0]) if rows else None
        except Exception:
            logger.exception("an answer that was given cannot be read")
            return None

    def close(self) -> bool:
        """Write what is left; False when something could not be written."""
        return self._file.close()


def _rows(answer: GivenAnswer) -> list[dict[str, Any]]:
    return [asdict(answer)]


def _answer(row: dict[str, Any]) -> GivenAnswer:
    return GivenAnswer(**{**row, "documents": tuple(row["documents"])})
