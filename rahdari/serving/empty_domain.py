"""Workaround: Rasa builds an empty domain for each message, only to see that its own is not empty.

Here the empty one is built once. Rasa 3.6.21 is the last of 3.6.
"""

from __future__ import annotations


def install() -> None:
    """Make the domains of this process compare themselves with a kept empty one; a second call changes nothing."""
    from rasa.shared.core.domain import Domain

    empty = Domain.empty().as_dict()

    def is_empty(domain: Domain) -> bool:
        return bool(domain.as_dict() == empty)

    Domain.is_empty = is_empty
