"""What people think of an answer: which answers can be rated, on every channel alike, and what keeps it.

The rule: every answer can be rated but small talk and the sentences that say that something failed, by everybody who
sees it, for 90 days. Each person has one verdict on an answer, and may change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Protocol

from rahdari.channels.replies import FAILURES, sentence
from rahdari.settings import Settings

if TYPE_CHECKING:
    from rahdari.store import Feedback, GivenAnswers

CHANNELS = {"slack": True, "telegram": True, "terminal": False, "web": True}
"""Where answers can be rated, as the dialogue names channels; and whether those outlive the process."""
Opinion = Literal["up", "down"]


def rateable(form: Mapping[str, Any]) -> bool:
    """Whether people are asked what they think of an answer. `form`: of the Answer at least `status` and `text`."""
    return form.get("status") != "smalltalk" and form.get("text") not in {sentence(name) for name in FAILURES}


class KeepsFeedback(Protocol):
    """Keeps an opinion. It may block for a moment: channels call it off the event loop."""

    def keep(self, answer_id: str, verdict: Opinion, words: str | None, channel: str, person: str) -> bool:
        """Keep one opinion; a later one of the same person on the same answer takes its place.

        Args:
            answer_id: the Answer's `id`, as it came from outside: perhaps of an answer that never was.
            words: what the person wrote beside it, at most 500 characters; None for nothing.
            channel: where it was given, e.g. `slack`.
            person: whatever tells people on this channel apart.

        Returns:
            Whether there is such an answer that can be rated; where not, nothing was kept.
        """


class Keeper:
    """Keeps opinions together with what was rated.

    Args:
        given: knows the answers.
        feedback: where opinions are kept.
    """

    def __init__(self, given: GivenAnswers, feedback: Feedback) -> None:
        self._given = given
        self._feedback = feedback

    def keep(self, answer_id: str, verdict: Opinion, words: str | None, channel: str, person: str) -> bool:
        """As KeepsFeedback.keep. Raises StoreError where it cannot be written."""
        answer = self._given.find(answer_id)
        if answer is None or not rateable(vars(answer)):
            return False
        self._feedback.keep(answer, verdict, words, channel, person)
        return True


def keeper(settings: Settings | None = None) -> KeepsFeedback:
    """What keeps opinions for these settings, else the environment's: `rahdari feedback` lists them."""
    from rahdari import bootstrap
    from rahdari.nlu import surroundings
    from rahdari.store import Feedback

    settings = settings or surroundings.settings()
    return Keeper(bootstrap.given_answers(settings), Feedback(settings.home))
