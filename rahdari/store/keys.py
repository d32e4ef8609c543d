"""What names a sentence."""

from __future__ import annotations

Key = tuple[str, int]
"""A sentence: its document's id and its index there."""
