"""What a visitor and the bot said to each other, for whoever reloads the page, and for a restart of the server.

What is in memory is the truth; the file behind it serves restarts and visitors whom memory had to let go.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from rahdari.store.conversation_file import ConversationFile

ENTRIES = 100  # of one visitor: fifty questions with their answers
REMEMBERED = 200  # visitors in memory
Entry = dict[str, Any]

logger = logging.getLogger(__name__)


@dataclass
class Talk:
    """A visitor's conversation.

    Attributes:
        conversation: its name for the dialogue; known to the server only.
        entries: what was said, oldest first: see `asked` and `replied`.
    """

    conversation: str = field(default_factory=lambda: f"web-{secrets.token_hex(16)}")
    entries: list[Entry] = field(default_factory=list)

    def question(self, nonce: str) -> Entry | None:
        """The question that came with this nonce."""
        return next((one for one in self.entries if one["who"] == "person" and one["id"] == nonce), None)

    def reply_to(self, nonce: str) -> Entry | None:
        """What was replied to it; None where nothing is yet."""
        return next((one for one in self.entries if one["who"] == "bot" and one["to"] == nonce), None)

    def reply(self, answer: str) -> Entry | None:
        """The reply that carries the Answer of this id."""
        return next((one for one in self.entries if one["who"] == "bot" and one["id"] == answer), None)

    def add(self, entry: Entry) -> None:
        """Adds an entry; the oldest go beyond 100."""
        self.entries.append(entry)
        del self.entries[:-ENTRIES]


def asked(nonce: str, text: str) -> Entry:
    """A person's question as an entry."""
    return {"who": "person", "id": nonce, "text": text, "at": _now()}


def replied(nonce: str, answer: dict[str, Any], links: dict[str, str]) -> Entry:
    """A reply as an entry: the Answer to the question `nonce`, with the addresses of the documents that have one."""
    return {
        "who": "bot", "id": answer["id"], "to": nonce, "answer": answer, "links": links, "verdict": None, "at": _now(),
    }  # fmt: skip


class History:
    """The conversations of all visitors.

    Args:
        path: the SQLite file.
        days: after which a conversation that nobody went on with is removed.
    """

    def __init__(self, path: Path, days: float) -> None:
        self._path = path
        self._days = days
        self._talks: OrderedDict[str, Talk] = OrderedDict()
        self._reading: dict[str, asyncio.Future[Talk]] = {}

    async def talk(self, visitor: str) -> Talk:
        """A visitor's conversation, the same object for all who ask; a new one where there is none."""
        known = self._talks.get(visitor)
        if known is not None:
            return self._remember(visitor, known)
        if visitor not in self._reading:
            reading = asyncio.get_running_loop().run_in_executor(None, self._read, visitor)
            self._reading[visitor] = reading
            reading.add_done_callback(lambda _: self._reading.pop(visitor, None))
        talk = await asyncio.shield(self._reading[visitor])
        return self._remember(visitor, self._talks.get(visitor, talk))

    def keep(self, visitor: str, talk: Talk) -> None:
        """Have the file follow what is in memory. Returns at once."""
        self._remember(visitor, talk)
        self._file.put(visitor, partial(_rows, talk.conversation, list(talk.entries)))

    def open(self) -> None:
        """Begin to look after the file, which the first visitor's request would do else."""
        _ = self._file

    def close(self) -> bool:
        """Write what is left; False when something could not be written."""
        return self._file.close() if "_file" in self.__dict__ else True

    @cached_property
    def _file(self) -> ConversationFile:
        return ConversationFile(self._path, self._days, self._let_go)

    def _read(self, visitor: str) -> Talk:
        try:
            rows = self._file.get(visitor)
            return Talk(rows[0]["conversation"], rows[1:]) if rows else Talk()
        except Exception:
            # A conversation that cannot be read begins anew: an answer without its context beats none.
            logger.exception("a visitor's conversation could not be read; it begins anew")
            return Talk()

    def _let_go(self, visitors: list[str]) -> None:
        for visitor in visitors:
            self._talks.pop(visitor, None)

    def _remember(self, visitor: str, talk: Talk) -> Talk:
        self._talks.pop(visitor, None)  # to its end; the file's thread may have taken it out before
        self._talks[visitor] = talk
        while len(self._talks) > REMEMBERED:
            self._talks.popitem(last=False)
        return talk


def _rows(conversation: str, entries: list[Entry]) -> list[dict[str, Any]]:
    return [{"conversation": conversation}, *entries]


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
