"""What a channel needs of whatever keeps the feedback on answers; `rahdari.store.Feedback` is it."""

from __future__ import annotations

from typing import Literal, Protocol

Verdict = Literal["up", "down"]


class KeepsFeedback(Protocol):
    """Takes what a person thinks of an answer."""

    def keep(self, answer_id: str, verdict: Verdict, words: str | None, channel: str) -> None:
        """Keep a verdict; a later one on the same answer takes its place.

        Args:
            answer_id: the Answer's `id`.
            words: what the person says about it, at most 500 characters; None for nothing.
            channel: the name of the channel, e.g. `web`.
        """
        ...
