"""The names that this server is asked under: the header Host, held against the settings.

Somebody can have a name of theirs lead to this machine (DNS rebinding). A browser then takes the bot for a part of
their site, and lets their page ask it. So what is asked for under another name than the server's own is refused.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from rahdari.settings import Settings


class OwnNames:
    """Whether a header Host names this server: `host in names`; the port does not matter.

    Its names are `localhost`, `127.0.0.1` and `::1`, what it listens on, and the public names of the settings. Where it
    listens on all interfaces, every address in figures is one, which no name leads to, and the machine's own name.
    """

    def __init__(self, settings: Settings) -> None:
        listens = name_of(f"[{settings.host}]" if ":" in settings.host else settings.host)
        self._everywhere = bool((found := _address(listens)) and found.is_unspecified)
        self._names = {"localhost", "127.0.0.1", "::1", listens, *settings.public_names}
        if self._everywhere:
            machine = socket.gethostname().lower()
            self._names |= {machine, f"{machine.partition('.')[0]}.local"}

    def __contains__(self, host: object) -> bool:
        name = name_of(host) if isinstance(host, str) else ""
        return bool(name) and (name in self._names or (self._everywhere and _address(name) is not None))


def name_of(host: str) -> str:
    """The name in a header Host, without port, brackets and a last dot; empty where there is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:  # half a bracket
        return ""


def is_this_machine(name: str) -> bool:
    """Whether a name or an address means the machine itself, whoever says it."""
    address = _address(name)
    mapped = getattr(address, "ipv4_mapped", None)
    return name == "localhost" or bool(address and (mapped or address).is_loopback)


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
