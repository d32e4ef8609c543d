"""What people think of an answer: the one thing that a channel asks of whatever keeps it."""

from __future__ import annotations

import logging
from typing import Literal, Protocol

Opinion = Literal["up", "down"]

logger = logging.getLogger(__name__)


class Feedback(Protocol):
    """Keeps an opinion. It may block for a moment: channels call it off the event loop."""

    def keep(self, answer_id: str, verdict: Opinion, words: str | None, channel: str) -> None:
        """Keep one opinion.

        Args:
            answer_id: the Answer's `id`.
            words: what the person wrote beside it, if anything.
            channel: where it was given, e.g. `slack`.
        """


class Logged:
    """Keeps opinions in the log only: for a channel that was given nothing better."""

    def keep(self, answer_id: str, verdict: Opinion, words: str | None, channel: str) -> None:
        """See Feedback. Words are left out: the log holds nothing that people wrote."""
        logger.info("feedback: channel=%s answer=%s verdict=%s", channel, answer_id, verdict)
