"""The whole bot in one process: Rasa, its actions, the page and every channel. Importing this imports nothing heavy."""

from __future__ import annotations

from rahdari.settings import Settings


def run(settings: Settings) -> None:
    """Serve until a signal to stop; turns under way are finished. Raises as rahdari.serving.server.serve."""
    from rahdari.serving.server import serve

    serve(settings)
