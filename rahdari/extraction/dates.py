"""Relative dates resolved against the day of publication: "on Monday", "last month", "two years ago".

A news text's weekday is the last such day up to its publication unless it says "next".
"""

from __future__ import annotations

import datetime as dt
import re

from rahdari.knowledge.numbers import MONTHS, number_of

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def resolve(value: str, published: str | None) -> str:
    """An ISO 8601 date or its first part for a wording such as "last month"; the wording where it cannot be told."""
    if re.match(r"\d{4}", value) or not published or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", published):
        return value
    day = dt.date.fromisoformat(published)
    for resolver in (_weekday, _near, _ago, _period, _month):
        found = resolver(value, day)
        if found:
            return found
    return value


def _weekday(value: str, day: dt.date) -> str | None:
    name = next((name for name in _DAYS if name in value), None)
    if name is None:
        return None
    back = (day.weekday() - _DAYS.index(name)) % 7
    if "next" in value:
        return (day + dt.timedelta(days=7 - back)).isoformat()
    return (day - dt.timedelta(days=back or (7 if "last" in value else 0))).isoformat()


def _near(value: str, day: dt.date) -> str | None:
    shift = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(value)
    return None if shift is None else (day + dt.timedelta(days=shift)).isoformat()


def _ago(value: str, day: dt.date) -> str | None:
    match = re.match(r"(\w+)\s+(year|month|week|day)s?\s+ago", value)
    number = 1.0 if match and match.group(1) == "a" else number_of(match.group(1)) if match else None
    if match is None or number is None:
        return None
    if match.group(2) == "year":
        return str(day.year - int(number))
    if match.group(2) == "month":
        months = day.year * 12 + day.month - 1 - int(number)
        return f"{months // 12}-{months % 12 + 1:02d}"
    return (day - dt.timedelta(days=number * (7 if match.group(2) == "week" else 1))).isoformat()


def _period(value: str, day: dt.date) -> str | None:
    step = (
        -1 if re.search(r"\b(?:last|previous)\b", value) else 1 if "next" in value else 0 if "this" in value else None
    )
    if step is None:
        return None
    if "year" in value:
        return str(day.year + step)
    if re.search(r"\bmonth\b", value):
        months = day.year * 12 + day.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02d}"
    return None


def _month(value: str, day: dt.date) -> str | None:
    number = next((n for n, name in enumerate(MONTHS, 1) if re.search(rf"\b{name[:3]}(?:{name[3:]})?\b", value)), None)
    if number is None:
        return None
    if re.search(r"\b(?:next|until|by)\b", value):
        year = day.year if number >= day.month else day.year + 1
    else:
        year = day.year if number <= day.month else day.year - 1
    if re.search(r"\blast\b", value) and number == day.month:
        year -= 1
    return f"{year}-{number:02d}"
