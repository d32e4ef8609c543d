"""Workaround: Rasa walks all subclasses of `Event` for each event that it reads.

`Event.resolve_by_type` collects the whole class tree before it compares names; with a conversation of many events
that is milliseconds a turn. Here the first answer for a name is kept; unknown names are asked anew, so a class
that is defined later is still found.
"""

from __future__ import annotations

from typing import Any


def install() -> None:
    """Make this process remember which class an event's name stands for; a second call changes nothing."""
    from rasa.shared.core.events import Event

    walk = Event.resolve_by_type
    if getattr(walk, "remembers", False):
        return
    known: dict[str, Any] = {}

    def resolve_by_type(type_name: str, default: Any = None) -> Any:
        found = known.get(type_name)
        if found is None:
            found = walk(type_name, default)
            if getattr(found, "type_name", None) == type_name:
                known[type_name] = found
        return found

    resolve_by_type.remembers = True  # type: ignore[attr-defined]
    Event.resolve_by_type = staticmethod(resolve_by_type)
