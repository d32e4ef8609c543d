"""How often somebody may ask: a bucket that fills at an even rate and that each request takes one out of."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from dataclasses import dataclass

MOST_BUCKETS = 10_000


@dataclass(frozen=True)
class Rate:
    """So many at once, and so many a minute in the long run; with none at once there is no bound."""

    burst: int
    per_minute: float


class Buckets:
    """One bucket for each of those who ask; those who have not asked for longest are forgotten beyond 10,000."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._filled: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, who: str, now: float | None = None) -> float:
        """Take one out of a bucket: 0.0 where there was one, else the seconds until there is."""
        if not self._rate.burst:
            return 0.0
        time_now = time.monotonic() if now is None else now
        per_second = self._rate.per_minute / 60
        left, then = self._filled.pop(who, (float(self._rate.burst), time_now))
        left = min(self._rate.burst, left + (time_now - then) * per_second)
        taken = left >= 1
        self._filled[who] = (left - 1 if taken else left, time_now)
        while len(self._filled) > MOST_BUCKETS:
            self._filled.popitem(last=False)
        return 0.0 if taken else (1 - left) / per_second


def household(address: str) -> str:
    """Under what an address is counted: an IPv6 one by its network of 64 bits, of which one line has all (RFC 6177).

    Args:
        address: in figures, IPv6 in brackets or without; anything else counts for itself.
    """
    try:
        found = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return f"{ipaddress.IPv6Address(int(found) >> 64 << 64)}/64"
