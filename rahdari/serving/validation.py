"""Workaround: Rasa checks its own JSON schema before each check of an action's result.

`RemoteAction._validate_action_result` calls `jsonschema.validate`, which builds a validator and checks the
schema itself on every action: 2.3 ms with jsonschema 3.2.0, 0.025 ms with one validator kept. The result is
checked against the same schema, with the same exception. Rasa 3.6.21 is the last release of 3.6.
"""

from __future__ import annotations

import functools
from typing import Any


def install() -> None:
    """Make this process check action results with one kept validator; a second call changes nothing."""
    from rasa.core.actions.action import RemoteAction

    RemoteAction._validate_action_result = _validate


def _validate(_: Any, result: dict[str, Any]) -> bool:
    """As Rasa's: True, or jsonschema's ValidationError for the error that says most."""
    from jsonschema.exceptions import best_match

    error = best_match(_validator().iter_errors(result))
    if error is not None:
        error.message += ". The result of an action must be as Rasa documents it under `custom-actions`"
        raise error
    return True


@functools.lru_cache(maxsize=1)
def _validator() -> Any:
    from jsonschema import Draft7Validator
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)
