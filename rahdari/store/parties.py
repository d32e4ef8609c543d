"""Who agreed with whom, read off the words between the parties that a sentence names.

A party stands right before the verb ("A and B signed"), or after "with" or "between", or, where something "was signed",
after "by". Places, titles and bodies that only stand near are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from rahdari import knowledge
from rahdari.records import Mention

_MOST = 6  # parties of one sentence: in a longer list not all have agreed with all
_STOP = (
    r"(?:across|along|amid|around|as|at|because|by|for|from|how|in|into|near|on|outside|over|said|than|that|though|"
    r"through|to|under|until|when|where|whether|which|while|who|whose|with|between)\b"
)
_JOINED = re.compile(rf"(?:(?!\b{_STOP}|\s-)[\w\s,&'’./()-])*", re.IGNORECASE)  # between two names of one side
_WHERE = re.compile(r"\b(?:around|at|from|in|inside|near|outside)\s+(?:the\s+)?$", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:that|which|who|whose|where|when|said)\b", re.IGNORECASE)
_DASH = re.compile(r"\s-|[—–]|[.:;]\W*\s")
_AND = re.compile(r"\band\b|&|\bas well as\b", re.IGNORECASE)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b[^,;]*$", re.IGNORECASE)
_ALLIED = re.compile(r"\b(?:consortium|joint venture|alliance) of\b", re.IGNORECASE)
_RANK = ("person", "place", "organisation")  # of one party's names the last of these stands for it


def pairs(
    text: str, start: int, subject: str, predicate: str, mentions: Sequence[Mention]
) -> Iterator[tuple[str, str]]:
    """The parties of an agreement two by two, as ids of entities, in the order of the text.

    Args:
        text: of a sentence.
        start: where it begins in its document, as the offsets of `mentions` do.
        subject, predicate: of the fact that tells the agreement.
        mentions: of bodies, countries and people, in the order of the text.
    """
    begins = max(0, text.find(subject))
    verb = _verb(predicate.split()[-1]).search(text, begins + len(subject))
    if verb is None:
        return
    passive = predicate.split()[0] == "be" and _BE.search(text[: verb.start()], begins) is not None
    sides = _sides(text, verb, [_Spot(one.start - start, one.end - start, one) for one in mentions])
    links = ("with", "by") if passive else ("with",)
    second = next(
        (side for side in sides if side.word == "between" or side.start > verb.start() and side.word in links), None
    )
    acting = [side for side in sides if side.end <= verb.start() and not side.word and not passive]
    named = [side for side in acting if begins <= side.spots[-1].start < begins + len(subject)]
    near = [side for side in acting if not _CLAUSE.search(text, side.end, verb.start())]
    first = next((side for side in [*named, *reversed(near)] if not _DASH.search(text, side.end, verb.start())), None)
    found = [party for side in (first, second) if side for party in side.parties(text)]
    allied = set(second.parties(text)) if second and second.allied else set()
    yield from (pair for pair in combinations(dict.fromkeys(found[:_MOST]), 2) if not allied.issuperset(pair))


@dataclass(frozen=True)
class _Spot:
    """A mention, and where it stands in its sentence."""

    start: int
    end: int
    mention: Mention


@dataclass(frozen=True)
class _Side:
    """Names that nothing parts but "and", commas, titles.

    Attributes:
        word: what leads to them.
        allied: they agreed with somebody else, not with each other.
    """

    spots: list[_Spot]
    word: str | None
    allied: bool

    @property
    def start(self) -> int:
        return self.spots[0].start

    @property
    def end(self) -> int:
        return self.spots[-1].end

    def parties(self, text: str) -> list[str]:
        """One for each that is named with its country, its post or head: "Peru's minister, A, and B of the bank"."""
        groups = [[self.spots[0].mention]]
        for last, spot in zip(self.spots, self.spots[1:]):
            if _same(last, spot, text[last.end : spot.start]):
                groups[-1].append(spot.mention)
            else:
                groups.append([spot.mention])
        return [str(max(group, key=lambda mention: _RANK.index(mention.type)).entity) for group in groups]


def _sides(text: str, verb: re.Match[str], spots: Sequence[_Spot]) -> list[_Side]:
    """Those before the verb, and those after it."""
    together: list[list[_Spot]] = []
    for spot in (spot for spot in spots if not _WHERE.search(text[: spot.start])):
        last = together[-1][-1] if together else None
        parted = last is None or last.end <= verb.start() < spot.start
        if last and (spot.start < last.end or not parted and _JOINED.fullmatch(text, last.end, spot.start)):
            together[-1].append(spot)
        else:
            together.append([spot])
    sides = []
    for side in together:
        led = _led().search(text[: side[0].start])
        word = led["word"].lower() if led and (led["noun"] or led["word"].lower() != "between") else None
        sides.append(_Side(side, word, word == "with" or bool(led and _ALLIED.search(led["names"]))))
    return sides


@cache
def _led() -> re.Pattern[str]:
    """What leads to names: "with the builder", "by Peru's minister", "agreement on water between"."""
    nouns = "|".join(sorted(map(re.escape, knowledge.words("agreeing", "nouns"))))
    names = rf"(?P<names>(?:(?!{_STOP})[\w'’./()&-]+,?\s+){{0,8}}[\"“(]?)$"
    noun = rf"(?P<noun>\b(?:{nouns})\b[^,;]{{0,40}})?"
    return re.compile(rf"{noun}\b(?P<word>with|by|between)\s+{names}", re.IGNORECASE)


def _same(one: _Spot, other: _Spot, between: str) -> bool:
    """Whether two that stand side by side are one party: a body and its head, a country and its company."""
    if other.start < one.end or _AND.search(between) or one.mention.type == other.mention.type == "person":
        return False
    return "person" in (one.mention.type, other.mention.type) or "," not in between


@lru_cache(maxsize=256)
def _verb(lemma: str) -> re.Pattern[str]:
    """Its forms as they are regularly made."""
    stem = re.escape(lemma[:-1] if lemma[-1] in "ye" else lemma)
    return re.compile(rf"\b{stem}(?:[ye]|e?s|ies|e?d|ied|l?led|y?ing)?\b", re.IGNORECASE)
