"""A plain page that chats over the REST channel, as one self-contained answer without any other request.

The finished page and the widget will take its place. `PageChannel` can be named in credentials.yml, so that the page is
there under a plain `rasa run` too, at /webhooks/page/; `rahdari serve` has it at /.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
from importlib import resources
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import html as html_response


class PageChannel(InputChannel):
    """The page as a channel without messages of its own: it posts to the REST channel beside it."""

    @classmethod
    def name(cls) -> str:
        return "page"

    def blueprint(self, on_new_message: Any) -> Blueprint:
        """The page's route, as Rasa asks for it."""
        return routes("rahdari_page_channel", "../rest/webhook")


def routes(name: str, webhook: str) -> Blueprint:
    """The page at the root of a blueprint. `webhook`: address of the REST channel, seen from the page."""
    blueprint = Blueprint(name)

    @blueprint.get("/")
    async def page(_: Request) -> HTTPResponse:
        text, policy = assemble(webhook)
        return html_response(text, headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"})

    return blueprint


@functools.lru_cache(maxsize=4)
def assemble(webhook: str) -> tuple[str, str]:
    """The page with style and script inside, and a Content-Security-Policy that lets only these run."""
    style, script = _file("page.css"), _file("page.js")
    text = _file("page.html").replace("/*WEBHOOK*/", html.escape(webhook))
    text = text.replace("/*STYLE*/", style).replace("/*SCRIPT*/", script)
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return text, policy


def _file(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
