"""The time that a question is about: "in 2018", "since May 2020", "before the loan was signed"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rahdari.knowledge.numbers import MONTHS
from rahdari.records import Mention

_MONTH = "|".join(MONTHS)
_DATE = rf"(?:(?P<day>\d{{1,2}}) )?(?:(?P<month>{_MONTH}),? )?(?P<year>(?:1\d|20)\d\d)\b"
_ASKED = re.compile(
    rf"\b(?P<how>before|prior to|until|till|up to|by|after|since|from|in|during|of|on|for|throughout) "
    rf"(?:the (?:year|end of|start of) )?{_DATE}(?:\s*(?:and|to|[-–])\s*(?P<last>(?:1\d|20)\d\d)\b)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween (?P<first>(?:1\d|20)\d\d) and (?P<last>(?:1\d|20)\d\d)\b", re.IGNORECASE)
_EVENT = re.compile(
    r"\b(?P<how>before|prior to|after|since) (?P<event>the (?:[\w'’-]+ ?){1,8})(?=[?,.;]|$)", re.IGNORECASE
)
_AT = frozenset(("in", "during", "of", "on", "for", "throughout"))
_ISO = re.compile(r"^\d{4}(?:-\d\d(?:-\d\d)?)?$")


@dataclass(frozen=True)
class Period:
    """The time between two dates, ISO 8601, cut to month or year; they compare as text, and "~" sorts behind them all.

    "In 2018" lies after "2018", before "2018~"; "after 2018" lies after "2018~".
    """

    after: str = ""
    before: str = "~"

    @property
    def year(self) -> str | None:
        """The one year that it is; None where it is shorter or longer."""
        return self.after if self.after and self.before == f"{self.after}~" and "-" not in self.after else None


@dataclass(frozen=True)
class Event:
    """A time that a question gives by what happened then: its words, and on which side of it."""

    text: str
    before: bool


def named(text: str) -> tuple[int, int]:
    """Where the words stand that give a period by other dates than its own: "since 2018" speaks of 2020, too."""
    match = _BETWEEN.search(text) or _ASKED.search(text)
    own = match is None or match.re is _ASKED and match["how"].lower() in _AT
    return (0, 0) if own or match is None else match.span()


def asked(text: str) -> Period | None:
    """The period that a question names by its dates, or None."""
    between = _BETWEEN.search(text)
    if between is not None:
        return Period(between["first"], f"{between['last']}~")
    match = _ASKED.search(text)
    if match is None:
        return None
    date, how = _date(match), match["how"].lower()
    if match["last"]:
        return Period(date, f"{match['last']}~")
    if how in ("before", "prior to"):
        return Period(before=date)
    if how in ("until", "till", "up to", "by"):
        return Period(before=f"{date}~")
    if how == "after":
        return Period(after=f"{date}~")
    return Period(after=date) if how == "since" else Period(date, f"{date}~")


def event(text: str) -> Event | None:
    """What happened at the time that a question gives without a date, or None."""
    match = _EVENT.search(text)
    if match is None or re.search(r"\d{4}", match["event"]):
        return None
    before = match["how"].lower() in ("before", "prior to")
    return Event(match["event"].strip(), before)


def beside(mentions: Iterable[Mention], before: bool) -> Period | None:
    """The time before or after what a sentence with these mentions tells; None where it gives no one date for it."""
    dates = _dates(mentions)
    if len(dates) != 1:
        return None
    date = dates.pop()
    return Period(before=date) if before else Period(after=f"{date}~")


def within(period: Period, mentions: Iterable[Mention], published: str | None) -> bool:
    """Whether a sentence tells of this time: by its own dates, else by its document's."""
    dates = _dates(mentions) or ({published} if published and _ISO.match(published) else set())
    return any(f"{date}~" > period.after and date < period.before for date in dates)


def _dates(mentions: Iterable[Mention]) -> set[str]:
    return {m.value for m in mentions if m.type == "date" and m.value and _ISO.match(m.value)}


def _date(match: re.Match[str]) -> str:
    """A matched date in ISO 8601: "4 March 2024" -> 2024-03-04."""
    parts = [match["year"]]
    if match["month"]:
        parts.append(f"{MONTHS.index(match['month'].lower()) + 1:02}")
        parts.extend([f"{int(match['day']):02}"] if match["day"] else [])
    return "-".join(parts)
