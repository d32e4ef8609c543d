"""Workaround: Rasa checks its own JSON schema before each check of an action's result.

`RemoteAction._validate_action_result` calls `jsonschema.validate`, which builds a validator and checks the schema
itself on every action: 2.3 ms with jsonschema 3.2.0. Here validators are kept. And where the schema lets an event be
`oneOf` twenty kinds, each with its name as a constant, only the kind of that name is tried; whatever does not pass
this way is checked in full, against the same schema and with the same exception. Rasa 3.6.21 is the last of 3.6.
"""

from __future__ import annotations

import functools
from typing import Any


def install() -> None:
    """Make this process check action results with kept validators; a second call changes nothing."""
    from rasa.core.actions.action import RemoteAction

    RemoteAction._validate_action_result = _validate


def _validate(_: Any, result: Any) -> bool:
    """As Rasa's: True, or jsonschema's ValidationError for the error that says most."""
    from jsonschema.exceptions import best_match

    if _surely_valid(result):
        return True
    error = best_match(_validator().iter_errors(result))
    if error is not None:
        error.message += ". The result of an action must be as Rasa documents it under `custom-actions`"
        raise error
    return True


def _surely_valid(result: Any) -> bool:
    if not isinstance(result, dict):
        return False
    events, responses = result.get("events", []), result.get("responses", [])
    return (
        isinstance(events, list)
        and isinstance(responses, list)
        and all(isinstance(response, dict) for response in responses)
        and all(isinstance(event, dict) and _event_is_valid(event) for event in events)
    )


def _event_is_valid(event: dict[str, Any]) -> bool:
    name = event.get("event")
    validator = _validators_by_name().get(name) if isinstance(name, str) else None
    if validator is None:
        return False
    if name not in _told_by_types():
        return bool(validator.is_valid(event))
    shape = tuple((key, type(value)) for key, value in event.items())
    if (name, shape) not in _shapes:
        if len(_shapes) >= _MOST_SHAPES:
            _shapes.clear()
        _shapes[name, shape] = bool(validator.is_valid(event))
    return _shapes[name, shape]


_MOST_SHAPES = 1000
_shapes: dict[tuple[Any, Any], bool] = {}


@functools.lru_cache(maxsize=1)
def _told_by_types() -> frozenset[str]:
    """The kinds of events whose schema looks at names and types only: two of one shape are valid or not alike."""

    def plain(schema: dict[str, Any]) -> bool:
        allowed = {"type", "const", "required", "properties", "allOf", "description", "default"}
        inner = [*schema.get("properties", {}).values(), *schema.get("allOf", ())]
        nested = any(set(each) & {"properties", "items"} for each in schema.get("properties", {}).values())
        return set(schema) <= allowed and not nested and all(plain(each) for each in inner)

    return frozenset(name for name, validator in _validators_by_name().items() if plain(dict(validator.schema)))


@functools.lru_cache(maxsize=1)
def _validator() -> Any:
    from jsonschema import Draft7Validator
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


@functools.lru_cache(maxsize=1)
def _validators_by_name() -> dict[str, Any]:
    """A validator for each kind of event whose name belongs to that kind alone."""
    from jsonschema import Draft7Validator

    every = dict(_validator().schema["properties"]["events"]["items"])
    kinds: dict[str, list[Any]] = {}
    for kind in every.pop("oneOf"):
        kinds.setdefault(kind["properties"]["event"]["const"], []).append(kind)
    return {name: Draft7Validator({**every, "allOf": found}) for name, found in kinds.items() if len(found) == 1}
