"""The last events of a conversation, with what went before folded into its slots.

Rasa reads, replays and copies a conversation's whole history several times a turn: 11 ms a turn at first, 72 ms
after 200 turns. `max_event_history` in endpoints.yml has no effect. With a window a turn costs the same however
long the conversation is. It begins as Rasa begins a session (session started, slots carried over, listening), so
that replaying it gives the same slots as replaying everything. Forms and pauses are not carried over: this bot
has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, AllSlotsReset, Restarted, SessionStarted, SlotSet, UserUttered

WINDOW = 24


def window(events: Sequence[Any], limit: int = WINDOW) -> list[Any]:
    """At most `limit` events where turns allow it: whole turns only, and the last turn always.

    Args:
        events: a tracker's events, oldest first.
        limit: how many to keep; the opening that carries the slots comes on top.
    """
    if len(events) <= limit:
        return list(events)
    starts = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    kept = [place for place in starts if len(events) - place <= limit] or starts[-1:]
    if not kept or kept[0] == 0:
        return list(events)
    dropped, rest = events[: kept[0]], events[kept[0] :]
    return _opening(dropped) + list(rest)


def slots_after(events: Iterable[Any]) -> dict[str, Any]:
    """Every slot that these events set, with its last value; a restart clears them."""
    values: dict[str, Any] = {}
    for event in events:
        if isinstance(event, SlotSet):
            values[event.key] = event.value
        elif isinstance(event, (AllSlotsReset, Restarted, SessionStarted)):
            values.clear()
    return values


def _opening(dropped: Sequence[Any]) -> list[Any]:
    time = dropped[-1].timestamp
    slots = [SlotSet(name, value, timestamp=time) for name, value in slots_after(dropped).items()]
    return [SessionStarted(timestamp=time), *slots, ActionExecuted(ACTION_LISTEN_NAME, timestamp=time)]
