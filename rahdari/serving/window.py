"""The last events of a conversation, with what went before folded into its slots.

Rasa reads, replays and copies a conversation's whole history several times a turn: 11 ms a turn at first, 72 ms
after 200 turns. `max_event_history` in endpoints.yml has no effect. With a window a turn costs the same however
long the conversation is. It begins as Rasa begins a session (session started, slots carried over, listening), so
that replaying it gives the same slots as replaying everything. Forms and pauses are not carried over: this bot
has none. Of what was said before somebody started over nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, AllSlotsReset, Restarted, SessionStarted, SlotSet, UserUttered

WINDOW = 24


def window(events: Sequence[Any], limit: int = WINDOW) -> list[Any]:
    """At most `limit` events where turns allow it: whole turns only, the last turn always, none before a new start.

    Args:
        events: a tracker's events, oldest first.
        limit: how many to keep; the opening that carries the slots comes on top.
    """
    events = _since_new_start(events)
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


def _since_new_start(events: Sequence[Any]) -> Sequence[Any]:
    """The events from the last turn on in which somebody started over, as a session of their own."""
    anew = max(
        (place for place, event in enumerate(events) if isinstance(event, (AllSlotsReset, Restarted))), default=0
    )
    starts = [place for place, event in enumerate(events[:anew]) if isinstance(event, UserUttered)]
    if len(starts) < 2:
        return events
    return [*_opening([events[anew]]), *events[starts[-1] :]]


def _opening(dropped: Sequence[Any]) -> list[Any]:
    time = dropped[-1].timestamp
    slots = [SlotSet(name, value, timestamp=time) for name, value in slots_after(dropped).items()]
    return [SessionStarted(timestamp=time), *slots, ActionExecuted(ACTION_LISTEN_NAME, timestamp=time)]
