"""What people think of an answer: what a channel needs of whatever keeps it, and what keeps it."""

from __future__ import annotations

from typing import Literal, Protocol

Opinion = Literal["up", "down"]


class KeepsFeedback(Protocol):
    """Keeps an opinion. It may block for a moment: channels call it off the event loop."""

    def keep(self, answer_id: str, verdict: Opinion, words: str | None, channel: str) -> None:
        """Keep one opinion; a later one on the same answer takes its place.

        Args:
            answer_id: the Answer's `id`, as it came from outside: perhaps of an answer that never was.
            words: what the person wrote beside it, at most 500 characters; None for nothing.
            channel: where it was given, e.g. `slack`.
        """


def keeper() -> KeepsFeedback:
    """The file beside the store: `rahdari feedback` lists it."""
    from rahdari.nlu.surroundings import settings
    from rahdari.store import Feedback

    return Feedback(settings().home)
