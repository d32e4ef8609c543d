"""What comes out of a file that holds others: an archive, a message with attachments."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """A file in another one, or the reason why it is left out.

    Attributes:
        name: with its folders, `/` between them.
        data: its bytes; None where it is left out.
        reason: why, then; else empty.
    """

    name: str
    data: bytes | None = None
    reason: str = ""
