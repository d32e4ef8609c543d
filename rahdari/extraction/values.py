"""Amounts, quantities and dates in a sentence, normalised, with the text's own wording kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rahdari import knowledge
from rahdari.knowledge.numbers import FIGURE, MONTHS, NUMBER_WORD, SCALE, SCALES, number_of
from rahdari.records import ValueType

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_YEAR = r"(?:1[5-9]|20)\d\d"
_EARLY_YEAR = r"1[0-4]\d\d"  # as likely a number: only beside a word of time
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first)"
)
_DATE = re.compile(
    rf"\b(?:{_DAY},?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?(?:\s+{_YEAR})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s+{_YEAR})?|{_MONTH},?\s+(?:of\s+)?{_YEAR}"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}"
    r"|(?:(?:early|mid|late|later|first half of the|second half of the)[\s-]+)?"
    rf"{_ORDINAL}[\s-]+centur(?:y|ies)(?:\s+(?:BCE?|AD))?"
    r"|\b1[0-4]\d0s\b"
    rf"|(?:in|by|since|from|until|till|around|about|circa|before|after|during|between|year|and|to)\s+{_EARLY_YEAR}\b"
    r"(?![\d,.]*\d|\s*%|\s+[a-z]{3,}s\b|\s+(?:people|men|women|children))"
    r"|(?:(?:early|mid|late|the end of|end of|the beginning of)[\s-]+)?"
    rf"(?<![\d,.$€£-]){_YEAR}s?(?![\d,]*\d|\s*(?:km|MW|metres|tonnes|people|jobs|homes))"
    rf"|(?:in|on|since|last|next|this|by|until|from|of|late|early|mid)\s+{_MONTH}(?!\w|,?\s+(?:of\s+)?\d)"
    rf"|(?:on\s+|last\s+|next\s+|this\s+)?{_DAY}\b"
    r"|(?:last|next|this|the previous|the following|the past|the coming)\s+"
    r"(?:year|month|week|decade|spring|summer|autumn|winter|quarter|century)"
    r"|(?:late|early|earlier|later)\s+(?:last|next|this)\s+(?:year|month|week)|yesterday|tomorrow|today"
    r"|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(?:years?|months?|weeks?|days?)\s+(?:ago|earlier|later)"
    r"|in\s+(?:(?:early|mid|late|the)\s+)?(?:spring|summer|autumn|winter)"
    r"|(?:first|second|third|fourth)\s+(?:quarter|half)(?:\s+of\s+(?:the\s+year|\d{4}))?"
    r")",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Value:
    """A value in a sentence; `start` and `end` count in the sentence's own text."""

    start: int
    end: int
    type: ValueType
    value: str


def values(sentence: str) -> list[Value]:
    """All values of a sentence, in order, none inside another. An amount wins over a quantity, a date over both."""
    found: list[Value] = []
    for candidate in [
        *_amounts(sentence),
        *_dates(sentence),
        *_parts(sentence),
        *_quantities(sentence),
        *_fields(sentence),
    ]:
        if not any(candidate.start < other.end and other.start < candidate.end for other in found):
            found.append(candidate)
    return sorted(found, key=lambda value: value.start)


def _amounts(sentence: str) -> list[Value]:
    return [
        Value(match.start(), match.end(), "amount", _amount(match))
        for match in _amount_pattern().finditer(sentence)
        if not (match["sign"] or "").islower()  # "a pen 3 million": a code is written in capitals
    ]


_LETTER = (
    r"(?:[PRK](?=\d[\d,]*\.\d\d\b|\d{1,3},\d{3}\b)"
    r"|[PRKN](?=\d[\d.,]*[-\s]?(?:million|billion|trillion|mn|bn|m)\b))"
)  # "R3.80", "N250bn", and not "K2" or "N95"


@lru_cache(maxsize=1)
def _amount_pattern() -> re.Pattern[str]:
    written = (name for name in knowledge.lookup("currencies") if len(name) > 1 or not name.isalpha())
    spellings = sorted(written, key=len, reverse=True)  # "P178442" is an id
    known = (re.escape(name) for name in spellings if not name.isalpha() or len(name) <= 4)
    signs = "|".join([*known, r"[A-Z]{1,3}\$", _LETTER])
    names = "|".join(re.escape(name) for name in spellings if name[0].isalpha())
    return re.compile(
        rf"(?<!\w)(?:(?P<sign>{signs})\s?(?P<number>{FIGURE})(?:[-\s]?(?P<scale>{SCALE}))?(?!\w)"
        rf"|(?P<number2>{FIGURE}|{NUMBER_WORD})(?:[-\s](?P<scale2>{SCALE}))?[-\s](?:[A-Z][a-z]+\s)?(?P<name>{names})(?!\w))",
        re.IGNORECASE,
    )


def _amount(match: re.Match[str]) -> str:
    written = match["sign"] or match["name"]
    currency = knowledge.lookup("currencies").get(written.lower(), written)
    scale = (match["scale"] or match["scale2"] or "").lower().rstrip("s")
    number = number_of(match["number"] or match["number2"]) or 0.0
    return f"{number * SCALES.get(scale, 1):.15g} {currency}"


def _quantities(sentence: str) -> list[Value]:
    units = knowledge.lookup("units")
    found = []
    for match in _quantity_pattern().finditer(sentence):
        unit = units.get((match["unit"] or match["percent"] or "").lower().replace("-", " ").strip(), "")
        counted = unit or match["unit"] or match["part"] or match["noun"] or ""
        number = number_of(match["number"])
        scale = (match["scale"] or "").lower().rstrip("s")
        if number is not None and counted:
            found.append(
                Value(
                    match.start(),
                    match.end(),
                    "quantity",
                    f"{number * SCALES.get(scale, 1):.15g} {counted if unit else counted.lower()}",
                )
            )
    return found


_FIELD = re.compile(
    rf"(?<!\w)(?P<noun>[A-Za-z]{{3,}}s)\W{{0,3}}:\W{{0,4}}(?P<number>{FIGURE}|{NUMBER_WORD})(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)


_PART_OF = re.compile(
    rf"\bof (?:the|its|their) (?:{FIGURE}|{NUMBER_WORD}) (?P<noun>[a-z]{{3,}}s)\b[^,;.]{{0,40}}, "
    rf"(?P<number>{FIGURE}|{NUMBER_WORD})"
    r"(?= (?:have|has|had|were|was|are|is)\b)",
    re.IGNORECASE,
)


_SOME_OF = re.compile(
    rf"(?<![\w.,$€£-])(?P<number>{FIGURE}|{NUMBER_WORD}) (?:out )?of (?:the|its|their|all) "
    rf"(?:{FIGURE}|{NUMBER_WORD}) (?P<noun>[a-z]{{3,}}s)\b",
    re.IGNORECASE,
)


def _counted(match: re.Match[str]) -> str:
    return f"{number_of(match['number']) or 0:.15g} {match['noun'].lower()}"


def _parts(sentence: str) -> list[Value]:
    """ "Of the 19 chapters, 11 have been closed", "11 of the 19 chapters": the eleven."""
    return [
        Value(match.start("number"), match.end(), "quantity", _counted(match))
        for pattern in (_SOME_OF, _PART_OF)
        for match in pattern.finditer(sentence)
    ]


def _fields(sentence: str) -> list[Value]:
    """A fact sheet's "Stations: nine"."""
    return [Value(match.start("noun"), match.end(), "quantity", _counted(match)) for match in _FIELD.finditer(sentence)]


@lru_cache(maxsize=1)
def _quantity_pattern() -> re.Pattern[str]:
    units = "|".join(
        re.escape(name).replace(r"\ ", r"[\s-]")
        for name in sorted(knowledge.lookup("units"), key=len, reverse=True)
        if name != "%"
    )
    return re.compile(
        rf"(?<![\w.,$€£¥-])(?P<number>{FIGURE}|\b{NUMBER_WORD}\b)(?:[-\s](?P<scale>{SCALE}))?"
        rf"(?:\s+(?:out\s+)?of\s+(?:the\s+|its\s+|their\s+)?(?:{FIGURE}|{NUMBER_WORD})\s+(?:[a-z][\w-]*\s+)?(?P<part>[a-z]{{3,}}s)\b"
        rf"|\s?(?P<percent>%)|[-\s]?(?P<unit>{units})(?!\w)|\s+(?:(?!(?:of|at|in|on|to|for|by|and|or|is|are|was|with|from|than|until|since|after|before|when|as|{NUMBER_WORD})\b)[a-z](?:[\w-]|\.(?=\w|\s))*\s+){{0,2}}?(?P<noun>[a-z]{{3,}}(?:s|people|children|women|men)|people|children|women|men|staff)\b)",
        re.IGNORECASE,
    )


def _dates(sentence: str) -> list[Value]:
    found = []
    for match in _DATE.finditer(sentence):
        if re.search(r"\bmay$", match.group()):  # the verb, not the month
            continue
        wording = match.group().rstrip(".")
        bare = _BEFORE_YEAR.sub("", wording)
        start = match.start() + len(wording) - len(bare)
        found.append(Value(start, start + len(bare), "date", _iso(bare)))
    return found


_BEFORE_YEAR = re.compile(rf"^[a-z]+\s+(?={_EARLY_YEAR}$)", re.IGNORECASE)


def _iso(text: str) -> str:
    """ISO 8601 as far as the wording gives it; the wording itself, in lower case, where it is relative."""
    lowered = text.lower()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", lowered):
        return lowered
    year = re.search(_YEAR, lowered) or re.search(rf"\b{_EARLY_YEAR}\b", lowered)
    month = next(
        (n for n, name in enumerate(MONTHS, 1) if re.search(rf"\b{name[:3]}(?:{name[3:]}|t)?\b", lowered)), None
    )
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", re.sub(_YEAR, " ", lowered))
    if year and month and day:
        return f"{year.group()}-{month:02d}-{int(day.group(1)):02d}"
    if year and month:
        return f"{year.group()}-{month:02d}"
    return year.group() if year else lowered
