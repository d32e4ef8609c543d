"""What people say of an answer, handed on to whoever keeps it."""

from __future__ import annotations

import logging
from typing import Literal, Protocol

Verdict = Literal["up", "down"]

logger = logging.getLogger(__name__)


class Feedback(Protocol):
    """Keeps verdicts. `rahdari serve` puts one at `app.ctx.feedback`; without it a verdict is a line of the log."""

    def keep(self, answer_id: str, verdict: Verdict, words: str | None, channel: str) -> None:
        """Keep one verdict; called in a thread of its own, so it may wait for a disk.

        Args:
            answer_id: the `id` of the Answer, as it came from outside: perhaps of an answer that never was.
            words: what the person wrote about it, if anything.
            channel: where they did, e.g. `telegram`.
        """


class Logged:
    """Keeps nothing but a line in the log."""

    def keep(self, answer_id: str, verdict: Verdict, words: str | None, channel: str) -> None:
        """Log it, without what the person wrote."""
        logger.info("feedback: channel=%s answer=%s verdict=%s", channel, answer_id, verdict)
