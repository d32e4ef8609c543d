"""The page and the widget as files: what was built of `web/`, each with the headers that belong to it."""

from __future__ import annotations

import functools
import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from importlib import resources
from typing import Any

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, raw, redirect

API = "webhooks/web/"  # where the built page looks for the channel; seen from the page
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html"
)
_PAGE = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
_ASSET = {"Cache-Control": "public, max-age=31536000, immutable"}  # its name changes with what is in it
_WIDGET = {
    "Cache-Control": "public, max-age=600",
    "Access-Control-Allow-Origin": "*",  # for pages that load it with `crossorigin`, to check its hash
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@dataclass(frozen=True)
class File:
    """A file as it goes out."""

    body: bytes
    packed: bytes
    type: str
    tag: str


def add_to(blueprint: Blueprint, api: str = API) -> Blueprint:
    """The page at the root of a blueprint, further pages under their names, their assets, and the widget.

    Args:
        api: address of the web channel, seen from the page.
    """

    async def page(request: Request, built: str) -> HTTPResponse:
        place = _right_place(request.path, built)
        if place is not None:
            return redirect(f"{place}?{request.query_string}" if request.query_string else place, status=308)
        return reply(request, _with_api(built, api), _PAGE)

    for folder, built in _files():
        stem, _, ending = built.rpartition(".")
        if not folder and ending == "html":
            path = "/" if stem == "index" else f"/{stem}"
            blueprint.add_route(functools.partial(page, built=built), path, name=f"page_{stem}")

    @blueprint.get("/assets/<name>")
    async def asset(request: Request, name: str) -> HTTPResponse:
        return reply(request, file("assets", name), _ASSET)

    @blueprint.get("/widget.js")
    async def widget(request: Request) -> HTTPResponse:
        return reply(request, file("", "widget.js"), _WIDGET)

    return blueprint


def file(folder: str, name: str) -> File:
    """A file of `static/`. Raises NotFound, a 404, where there is none of that name."""
    found = _files().get((folder, name))
    if found is None:
        raise NotFound("there is no such file")
    return found


def reply(request: Any, content: File, headers: dict[str, str]) -> HTTPResponse:
    """A file as a response: packed where the browser takes that, and not at all where it has it already."""
    headers = {**headers, "ETag": content.tag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == content.tag:
        return raw(b"", status=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return raw(content.body, headers=headers, content_type=content.type)
    return raw(content.packed, headers={**headers, "Content-Encoding": "gzip"}, content_type=content.type)


def _right_place(path: str, name: str) -> str | None:
    """Where a page lies, seen from `path`, which Sanic takes for its address too; None where that is its address.

    What a page asks for is named from where it lies: a slash too many or too few, and nothing is found.
    """
    last = path.rstrip("/").rpartition("/")[2]
    if name == "index.html":
        return None if path.endswith("/") else f"{last}/"
    return f"../{last}" if path.endswith("/") else None


@functools.lru_cache(maxsize=8)
def _with_api(name: str, api: str) -> File:
    page = file("", name)
    return _made(name, page.body.replace(f'api="{API}"'.encode(), f'api="{api}"'.encode()))


@functools.lru_cache(maxsize=1)
def _files() -> dict[tuple[str, str], File]:
    """All there is, by folder and name: what a request names is looked up, never opened."""
    root = resources.files("rahdari.channels.web").joinpath("static")
    found: dict[tuple[str, str], File] = {}
    for folder in ("", "assets"):
        for entry in (root.joinpath(folder) if folder else root).iterdir():
            if entry.is_file():
                found[folder, entry.name] = _made(entry.name, entry.read_bytes())
    return found


def _made(name: str, body: bytes) -> File:
    kind = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return File(body, gzip.compress(body, 9, mtime=0), kind, tag)
