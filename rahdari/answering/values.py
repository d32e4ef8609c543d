"""Which stretches of a sentence are of the type that a question wants: an amount, a date, a person, a reason …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rahdari import knowledge
from rahdari.answering.query import Query, Wanted
from rahdari.answering.text import stem, stems, synonyms
from rahdari.knowledge.numbers import NUMBER, number_of
from rahdari.records import Mention, Sentence

_OTHER_NOUN = 0.7  # "workers" where jobs are counted
_LENGTHS = {"km", "mile", "m"}
_TIMES = {"day", "week", "month", "year", "decade", "hour", "minute"}
_AGE = re.compile(
    r"\b(?:aged? \d+|\d+[- ]years?[- ]old|born (?:in|on)|founded|built in|dates? (?:from|back))\b|, \d{2},"
)


_A_PERSON = re.compile(r"\b(?:name of the|which) (?:person|man|woman|individual)\b", re.IGNORECASE)
_CONTACT = re.compile(r"\w@\w|(?:\+|\b0)\d[\d ()/-]{6,}\d|\b(?:tel|phone|fax|P\.? ?O\.? Box)\b[.:]? ?\d", re.IGNORECASE)
_PERIOD = re.compile(r"decade|past|(?:last|next|this|coming|previous|following)\s+century")


def found(wanted: Sequence[Wanted], query: Query, sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that are of a wanted type, those that fit the question first."""
    hits: list[Mention] = []
    for kind in wanted:
        hits.extend(mention for mention in mentions if mention not in hits and _fits(kind, query, sentence, mention))
    return hits or _counts_further_on(wanted, query, sentence)


def _counts_further_on(wanted: Sequence[Wanted], query: Query, sentence: Sentence) -> list[Mention]:
    """A number whose noun stands some words on, behind names or adjectives: "21 diverse combinatorial problems"."""
    if "count" not in wanted or query.counted is None:
        return []
    family = {stem(query.counted), *synonyms(stem(query.counted))}
    for match in _NUMBER_OF_NOUN.finditer(sentence.text):
        following = _before_end(match["words"].split())
        place = next((n for n, word in enumerate(following) if stem(word.lower().strip(",;")) in family), None)
        if place is not None:
            end = match.start("words") + sum(len(word) + 1 for word in following[: place + 1]) - 1
            text = sentence.text[match.start("number") : end].rstrip(",;")
            return [_number(sentence, match, text, query.counted)]
    enumerated = _enumerated(query, sentence)
    if enumerated is not None:
        return [enumerated]
    both = _BOTH.search(sentence.text)
    of_states = {stem(noun) for noun in _STATES} if query.counted in _STATES else set()
    if both is not None and stem(both["noun"].lower()) in family | of_states:
        return [_number(sentence, both, both.group(), query.counted)]
    alone = _NUMBER_ALONE.search(sentence.text)  # "of the settlers, four thousand emigrated"
    if alone is None or not family & stems(f"{sentence.text} {sentence.context}"):
        return []
    return [_number(sentence, alone, alone["number"], query.counted)]


def _enumerated(query: Query, sentence: Sentence) -> Mention | None:
    """For "how many types of tunnel": the types that stand before the noun, "road, rail and water tunnels"."""
    if query.counted not in knowledge.words("attributes", "kind"):
        return None
    asked = {stem for term in query.terms for stem in (term.stem, *term.also)}
    for match in _SERIES.finditer(sentence.text):
        if stem(match["noun"].lower()) in asked:
            number = match["number"].count(",") + 2
            start = sentence.start + match.start()
            text = match.group()
            place = sentence.document, sentence.index, start, start + len(text)
            return Mention(*place, text, "quantity", None, f"{number} {query.counted}")
    return None


_SERIES = re.compile(r"\b(?P<number>(?:[\w-]+, )+[\w-]+),? and [\w-]+ (?P<noun>[a-z]+s)\b")


def _before_end(following: list[str]) -> list[str]:
    """The words that can stand between a number and its noun: "7,500 direct and indirect jobs"."""
    for place, word in enumerate(following):
        joins = word.lower() == "and" and place > 0 and not following[place - 1].endswith("s")
        if word[0].isdigit() or word.lower() in _ENDS_COUNT and not joins:
            return following[:place]
    return following


def _number(sentence: Sentence, match: re.Match[str], text: str, noun: str) -> Mention:
    start = sentence.start + match.start("number")
    number = 2 if match["number"].lower() == "both" else number_of(match["number"]) or 0
    value = f"{number:.15g} {noun}"
    return Mention(sentence.document, sentence.index, start, start + len(text), text, "quantity", None, value)


_STATES = frozenset(("countries", "nations", "states", "sides", "governments", "parties"))
_BOTH = re.compile(r"\b(?P<number>both) (?P<noun>[a-z]{4,}s)\b", re.IGNORECASE)
_ENDS_COUNT = frozenset("of percent per in on at to for from by with and or than is are was were have has had".split())
_NUMBER_OF_NOUN = re.compile(
    rf"(?<![\w.,$€£-])(?P<number>{NUMBER})(?:-(?=[a-z])|\s)(?P<words>(?:[\w'’.-]+,?\s?){{1,6}})", re.IGNORECASE
)


_NUMBER_ALONE = re.compile(
    rf"(?<![\w.,$€£-])(?P<number>{NUMBER})(?:\s(?:hundred|thousand|million|billion))?"
    r"\s(?:of (?:them|these|those|the \d+|all)|were|had|have|are|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)


def strength(
    wanted: Sequence[Wanted], query: Query, sentence: Sentence, mentions: Sequence[Mention], hits: Sequence[Mention]
) -> float:
    """How well a sentence holds the type: to "who", a person answers better than a body, a body than a country.

    Args:
        hits: what `found` gave for the same.
    """
    if not holds(wanted, query, sentence, mentions, hits):
        return 0.0
    if query.kind == "count" and query.counted and hits:
        return 1.0 if any(stem(query.counted) in stems(f"{hit.value} {hit.text}") for hit in hits) else _OTHER_NOUN
    if query.kind != "who" or query.plain_company or sentence.speaker and query.asks_speaker:
        return 1.0
    types = {mention.type for mention in hits}
    if _A_PERSON.search(query.text) and "person" not in types:
        return 0.0
    return 1.0 if "person" in types else 0.8 if types & {"organisation", "programme"} else 0.5


def holds(
    wanted: Sequence[Wanted], query: Query, sentence: Sentence, mentions: Sequence[Mention], hits: Sequence[Mention]
) -> bool:
    """Whether a sentence holds something of a wanted type. A reason has no mention: its words tell.

    Args:
        hits: what `found` gave for the same.
    """
    if not wanted:
        return True
    if withheld(wanted, sentence):
        return True
    if "reason" in wanted and knowledge.pattern("cues", "reason").search(sentence.text):
        return True
    if "person" in wanted and sentence.speaker and query.kind == "who" and query.asks_speaker:
        return True
    if {"count", "capacity"} & set(wanted) and sentence.kind == "item" and _in_column(query, sentence):
        return True
    if "date" in wanted and _OF_THE_YEAR.search(query.message) and _SEASON.search(sentence.text):
        return True
    if "place" in wanted and not hits and _LOCATED.search(sentence.text):
        return True
    if "age" in wanted:
        return bool(_AGE.search(sentence.text))
    if "contact" in wanted:
        return bool(_CONTACT.search(sentence.text))
    if "count" in wanted and query.listed and len({m.entity for m in mentions if m.type == query.listed}) >= 3:
        return True
    return bool(hits)


def withheld(wanted: Sequence[Wanted], sentence: Sentence) -> bool:
    """Whether a sentence itself says that what is asked for is not known: "no date has been set"."""
    kind = _WITHHELD.get(wanted[0]) if wanted else None
    return kind is not None and bool(knowledge.pattern("cues", f"withheld_{kind}").search(sentence.text))


_WITHHELD = {
    "date": "date", "duration": "date", "amount": "amount", "person": "person", "organisation": "person",
    "place": "place", "reason": "reason",
}  # fmt: skip
_BY_HOW_MUCH = re.compile(
    r"\b(?:increas\w*|decreas\w*|ris\w+|rose|fall\w*|fell|gr[eo]w\w*|declin\w*|drop\w*|climb\w*|more|less|higher|lower)\b",
    re.IGNORECASE,
)
_OF_THE_YEAR = re.compile(r"\b(?:time|part|months?|seasons?)\b.{0,12}\byear\b|\bseasons?\b|\bmonths\b", re.IGNORECASE)
_SEASON = re.compile(
    r"\b(?:all year|year[- ]round|throughout the year|summers?|winters?|spring|autumn|monsoon"
    r"|(?:dry|rainy|wet) season)\b",
    re.IGNORECASE,
)
_SIDE = r"(?:north|south|east|west|cent(?:er|re|ral))[\w-]*"
_LOCATED = re.compile(
    rf"\b(?:in|at|near|outside|inside|along|off|from|to|through|on) (?:the )?(?:{_SIDE} )?"
    r"[A-Z](?!\w+day\b)[\w'’-]{2,}"
    rf"|\b(?:in|at|to|on) the (?:[\w-]+['’]s )?{_SIDE}\b"
)


def _in_column(query: Query, sentence: Sentence) -> bool:
    """A table's row with a figure, under a header that names what is asked for."""
    header = stems(sentence.context)
    asked = any(term.stem in header for term in query.terms if term.link is None)
    return asked and bool(re.search(r"(?:^|[|\s])\d[\d.,]*(?:$|[|\s])", sentence.text))


def _fits(kind: Wanted, query: Query, sentence: Sentence, mention: Mention) -> bool:
    unit = (mention.value or "").split(" ", 1)[-1]
    if kind == "amount":
        return mention.type == "amount" or (
            mention.type == "quantity" and unit == "%" and bool(_BY_HOW_MUCH.search(query.text))
        )
    if kind == "percentage":
        return mention.type == "quantity" and unit == "%" and _of_that_dimension(query, sentence)
    if kind == "length":
        return mention.type == "quantity" and unit in _LENGTHS and _of_that_dimension(query, sentence)
    if kind == "duration":
        dated = (
            mention.type == "date"
            and bool(re.match(r"\d{4}", mention.value or ""))
            and bool(re.search(r"\b(?:till|until|before|how long (?:has|have))\b", query.text, re.IGNORECASE))
        )
        lasting = mention.type == "date" and bool(_PERIOD.search(mention.value or ""))
        return (mention.type == "quantity" and unit in _TIMES) or dated or lasting
    if kind == "capacity":
        units = _units(query.text)
        if units == _sizes() and (mention.type == "amount" or unit == "%"):  # "how much capital", "how much oil"
            return True
        return mention.type == "quantity" and unit in units
    if kind == "count" and query.counted and stem(query.counted) in _TIMES | {"yr"}:
        return _fits("duration", query, sentence, mention)
    if kind == "count":
        return mention.type == "quantity" and _counts(query, unit, mention.text)
    if kind == "date":
        return mention.type == "date" and not _PERIOD.search(mention.value or "")
    asked = {link.entity for link in query.links} - query.by_office | query.excluded
    if kind == "place":
        return mention.type in ("place", "project") and mention.entity not in asked
    if kind == "person":
        return mention.type == "person" and mention.entity not in asked
    if kind == "organisation":
        kinds = ("organisation",) if query.plain_company else ("organisation", "place", "programme")
        return mention.type in kinds and mention.entity not in asked and not _says_where(sentence, mention)
    return False


def _of_that_dimension(query: Query, sentence: Sentence) -> bool:
    """Whether a measure can be the one asked for: to "how deep", a sentence has to speak of depth."""
    asked = next((pattern for pattern in _DIMENSIONS if pattern.search(query.message)), None)
    return asked is None or bool(asked.search(f"{sentence.text} {sentence.context}"))


_DIMENSIONS = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"deep\w*|depths?|draught|below|beneath|underground",
        r"high\w*|heights?|tall\w*|altitudes?|elevations?|above|metres? up|rises?|peaks?",
        r"interest|rates?|loans?|bonds?",
        r"wide\w*|widths?|broad\w*|across|lanes?|gauge",
    )
)


def _units(text: str) -> frozenset[str]:
    """The units that a question about size can be answered in; all but times and shares where it does not say which."""
    for pattern, units in _MEASURES:
        if pattern.search(text):
            return frozenset(units)
    return _sizes()


@cache
def _sizes() -> frozenset[str]:
    return frozenset(knowledge.groups("units")) - _TIMES - {"%", "second", "degree"}


_MEASURES = tuple(
    (re.compile(pattern, re.IGNORECASE), units)
    for pattern, units in (
        (r"\b(?:area|surface|hectares?|land)\b", ("km2", "ha", "acre", "m")),
        (r"\b(?:power|electricity|energy|megawatts?|mw)\b", ("MW", "GW", "kW", "kV", "MWh")),
        (r"\b(?:speed|fast)\b", ("km/h", "km", "mile")),
        (r"\b(?:cargo|freight|tonnage|tonnes|tons|weight|heavy|grain|fish)\b", ("t", "kg", "TEU", "barrel")),
        (r"\b(?:water|volume|litres)\b", ("m3", "l", "t", "ha", "km2")),
    )
)


def _says_where(sentence: Sentence, mention: Mention) -> bool:
    """A place that only says where: "in Oslo"."""
    before = sentence.text[: mention.start - sentence.start]
    return mention.type == "place" and bool(
        re.search(r"\b(?:in|at|near|from|to|of|for|on)\s+(?:the\s+)?$", before, re.IGNORECASE)
    )


def _counts(query: Query, unit: str, text: str) -> bool:
    """Whether a quantity counts what the question counts."""
    if query.counted is None:
        return True
    noun = stem(query.counted)
    family = synonyms(noun) | {noun}
    return any(stem(word) in family for word in [*unit.lower().split(), *re.findall(r"[a-z]+", text.lower())])
