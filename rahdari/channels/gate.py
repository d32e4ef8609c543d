"""Who may ask over HTTP, and how often: what the web channel and the REST channel have in common."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Coroutine
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from rahdari.channels import origins
from rahdari.channels.incoming import BadMessage
from rahdari.channels.limits import Buckets, household
from rahdari.channels.names import OwnNames
from rahdari.errors import StoreError
from rahdari.settings import Settings

Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]


class TooMany(BadMessage):
    """Somebody asks more often than they may; `wait` is in seconds."""

    def __init__(self, wait: float, name: str = "too_many") -> None:
        super().__init__(name, 429)
        self.wait = wait


class Gate:
    """Lets requests in from the pages of sites that may ask, and from programs.

    Args:
        settings: name the sites and the server.
        programs: whether a request that names no site is let in whatever the server is called in it. A browser reads
            from its own server without naming the site; to write it always names it.
    """

    def __init__(self, settings: Settings, programs: bool = False) -> None:
        self._sites = settings.origins
        self._names = OwnNames(settings)
        self._programs = programs

    def guarded(self, handler: Handler) -> Handler:
        """A handler whose refusals are replies, and whose replies the right sites' pages can read.

        Why a page is refused it can read as well, so that it can tell whoever made it.
        """

        @functools.wraps(handler)
        async def guard(request: Request, **arguments: Any) -> HTTPResponse:
            origin = request.headers.get("origin")
            refused = self.refusal(origin, request.headers.get("host", ""))
            try:
                if refused is not None:
                    raise BadMessage(refused, 403)
                response = await handler(request, **arguments)
            except BadMessage as error:
                response = json_response({"error": str(error)}, status=error.status)
                if isinstance(error, TooMany):
                    response.headers["Retry-After"] = str(math.ceil(error.wait))
            except StoreError as error:
                response = json_response({"error": str(error)}, status=503)
            response.headers.update(origins.headers(origin, refused is None))
            if refused is not None and origin is not None and request.method != "OPTIONS":
                response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Cache-Control"] = "no-store"
            return response

        return guard

    def refusal(self, origin: str | None, host: str) -> str | None:
        """As origins.refusal, for these settings."""
        if origin is None and self._programs:
            return None
        return origins.refusal(origin, host, self._sites, self._names)


def take(buckets: Buckets, who: str, name: str = "too_many") -> None:
    """Take one out of somebody's bucket. Raises TooMany, with the sentence `name`, where there is none."""
    wait = buckets.wait(who)
    if wait:
        raise TooMany(wait, name)


def believe_proxies(routes: Blueprint, settings: Settings) -> None:
    """Have the server that these routes are for believe so many servers before it as RAHDARI_PROXIES says.

    It is the channel's to say, so that it holds under `rasa run` too.
    """

    async def tell(app: Any, *_: Any) -> None:
        app.config.PROXIES_COUNT = settings.proxies

    routes.listener("before_server_start")(tell)


def address_of(request: Request) -> str:
    """Whom a request counts for: whence it comes, past as many servers as `believe_proxies` says, by `household`."""
    return household(str(request.remote_addr or request.ip))
