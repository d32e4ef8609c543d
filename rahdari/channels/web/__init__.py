"""The web channel: signed sessions, conversations that last, documents to look into, and the page and the widget.

The browser's side is in `web/` of the clone; what is built of it lies in `static/` (scripts/build-web).
"""

from rahdari.channels.web.channel import WebChannel

__all__ = ["WebChannel"]
