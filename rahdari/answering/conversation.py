"""A message in its conversation: what it leans on, and the query that it makes with what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from rahdari import knowledge
from rahdari.answering.query import Kind, Query, Term, Wanted
from rahdari.answering.text import attributes, general_stems, group_stems
from rahdari.knowledge.normal import words
from rahdari.records import Link

_POINTS = re.compile(
    r"\bthe (?P<word>first|second|third|fourth|fifth|sixth|last)(?: one| item| of (?:them|these|those))\b",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(r"\b(?:this|that|these|those) ([a-z]{3,})\b")
_ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "sixth": 5, "last": -1}


@dataclass(frozen=True)
class Turn:
    """The turn before, as the memory has it.

    Attributes:
        topic: the things, neither people nor places, that were named last, however many turns ago.
    """

    question: str = ""
    kind: Kind = "describe"
    wanted: tuple[Wanted, ...] = ()
    terms: tuple[Term, ...] = ()
    links: tuple[Link, ...] = ()
    cited: tuple[tuple[str, int], ...] = ()
    shown: tuple[tuple[str, int], ...] = ()
    items: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    topic: tuple[Link, ...] = ()
    status: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was asked before."""
        return not self.question


def before(memory: dict[str, Any] | Any) -> Turn:
    """Reads the turn before out of what a channel carried. A memory that is not ours counts as none."""
    try:
        return Turn(
            question=str(memory.get("question", "")),
            kind=cast(Kind, memory.get("kind", "describe")),
            wanted=tuple(memory.get("wanted", ())),
            terms=tuple(
                Term(t[0], t[1], frozenset(t[2]), bool(t[3]), t[4], float(t[5])) for t in memory.get("terms", ())
            ),
            links=tuple(Link(*link) for link in memory.get("links", ())),
            cited=tuple((str(d), int(i)) for d, i in memory.get("cited", ())),
            shown=tuple((str(d), int(i)) for d, i in memory.get("shown", ())),
            items=tuple(map(str, memory.get("items", ()))),
            offered=tuple(map(str, memory.get("offered", ()))),
            topic=tuple(Link(*link) for link in memory.get("topic", ())),
            status=str(memory.get("status", "")),
        )
    except (TypeError, ValueError, IndexError, AttributeError):
        return Turn()


def remembered(query: Query, **more: Any) -> dict[str, Any]:
    """What the next turn may need of this one, as JSON values."""
    return {
        "question": query.text,
        "kind": query.kind,
        "wanted": list(query.wanted),
        "terms": [[t.plain, t.stem, sorted(t.also), t.name, t.link, t.weight] for t in query.terms],
        "links": [list(vars(link).values()) for link in query.links],
        "topic": [list(vars(link).values()) for link in query.links if _is_thing(link)]
        or query.memory.last_answer.get("topic", []),
        **more,
    }


def asks_who_said(text: str) -> bool:
    """ "Who said that?": the speaker of what was just cited."""
    return bool(knowledge.pattern("cues", "who_said").search(text))


def asks_if_certain(query: Query) -> bool:
    """ "Is that confirmed?": nothing but whether what was just told is so."""
    return not query.links and bool(knowledge.pattern("cues", "certain").match(query.message))


def asks_if_among(query: Query, turn: Turn) -> bool:
    """ "And health?" after a list: whether one more thing is in it."""
    listing = turn.kind in ("list", "count") or len(turn.items) >= 2
    plain = query.kind in ("describe", "verify", "list") and not query.wanted and 1 <= len(query.terms) <= 3
    if not listing or not plain or any(link.type != "sector" for link in query.links):
        return False
    swapped = knowledge.pattern("cues", "swap").match(query.message) and not query.yes_no
    return bool(swapped or knowledge.pattern("cues", "among").search(query.message))


def other_people(query: Query, turn: Turn) -> frozenset[str]:
    """ "And the other man?": the people spoken of so far, who are not meant; empty where nobody else is asked for."""
    asked = not query.links and knowledge.pattern("cues", "other_person").search(query.message)
    return frozenset(link.entity for link in turn.links if link.type == "person") if asked else frozenset()


def ordinal(text: str) -> int | None:
    """Which item of a list a message points at, counted from 0 (-1 is the last), when it does nothing else."""
    if not knowledge.pattern("cues", "only_ordinal").match(text):
        return None
    match = knowledge.pattern("cues", "ordinal").search(text)
    if match is None or match["digit"] == "0":
        return None
    return _ORDER[match["word"].lower()] if match["word"] else int(match["digit"]) - 1


def chosen(text: str, turn: Turn) -> str | None:
    """The suggestion of the turn before that "the second one" picks, where no list of things stands for it."""
    place = ordinal(text) if turn.status == "clarify" or not turn.items else None
    return turn.offered[place] if place is not None and -len(turn.offered) <= place < len(turn.offered) else None


def points_back(query: Query) -> bool:
    """Whether a message points at something said before and names nothing itself: "is it done?", "the other one"."""
    own = [term for term in query.terms if term.stem not in attributes() and term.stem not in general_stems()]
    if not own and knowledge.pattern("cues", "pronoun").search(query.message):
        return True
    text = query.message
    return bool(
        re.search(
            r"\b(?:which one|that one|this one|the (?:other|first|second|last) one|the same)\b", text, re.IGNORECASE
        )
    )


def with_item(text: str, items: Sequence[str]) -> str | None:
    """The message with "the first one" replaced by that item of the list before, or None where it points at none."""
    match = _POINTS.search(text)
    if match is None or not items:
        return None
    index = _ORDER[match["word"].lower()]
    return f"{text[: match.start()]}{items[index]}{text[match.end() :]}" if index < len(items) else None


def leans(query: Query, turn: Turn) -> bool:
    """Whether a message cannot be understood without the turn before."""
    if turn.empty:
        return False
    text = query.message
    own = [term for term in query.terms if term.stem not in attributes() and term.stem not in general_stems()]
    if not own and not [link for link in query.links if link.type != "sector"]:
        return True
    if knowledge.pattern("cues", "swap").match(text) or _narrows(text):
        return True
    if knowledge.pattern("cues", "pronoun").search(text) and not _pronoun_inside(query):
        return True
    if _OF_IT.search(text) and not [link for link in query.links if link.type != "sector"]:
        return True
    if not query.links and any(noun in knowledge.lookup("heads") for noun in _DEMONSTRATIVE.findall(text.lower())):
        return True  # "is that dam still planned"
    if query.links or knowledge.pattern("cues", "of_all").search(text):
        return False
    return len(words(text)) <= (3 if query.kind in ("describe", "verify") else 4)


def swaps(query: Query, turn: Turn) -> bool:
    """ "And health?", "what about the other port": the old question about a new thing."""
    named = bool(_ON.match(query.message))
    own = [term for term in query.terms if named or term.stem not in attributes()]
    if query.wanted and not query.links and any(map(_is_thing, turn.links)):
        return False  # "and how much power?": of the same thing
    return (
        bool(own or query.links)
        and (bool(knowledge.pattern("cues", "swap").match(query.message)) or _names_only(query))
        and not knowledge.pattern("cues", "pronoun").search(query.message)
        and not _narrows(query.message)
    )


def _narrows(text: str) -> bool:
    """ "Only for farmers?": what was just told, of somebody or something."""
    return bool(_ONLY.match(text)) and len(words(text)) <= _FEW


_ONLY = re.compile(r"\W*(?:(?:and|but|so) )?(?:only|just|even|not only|also)\b", re.IGNORECASE)
_FEW = 5


def _names_only(query: Query) -> bool:
    """A word or three that ask nothing by themselves: "health?", "the other port"."""
    return len(words(query.message)) <= 3 and query.kind in ("describe", "verify")


def completed(query: Query, turn: Turn) -> Query:
    """The query with what it leans on filled in."""
    if swaps(query, turn):
        return _swapped(query, turn)
    links = _with_carried(query, turn)
    own = {term.stem for term in query.terms}
    # "Is it finished?" after "who pays for the line?": the line is carried over, the paying is not.
    things = bool(own) and any(term.link is not None for term in turn.terms)
    carried = tuple(
        replace(term, weight=term.weight * 0.5, link=_moved(term.link, turn.links, links))
        for term in turn.terms
        if term.stem not in own and (term.stem not in attributes() or not query.links and not things)
    )
    kind, wanted = query.kind, query.wanted
    if knowledge.pattern("cues", "what_then").match(query.message):
        kind, wanted = "describe", ()
    elif query.kind == "describe" and not query.terms:
        kind, wanted = turn.kind, turn.wanted
    text = f"{query.text} ({turn.question})" if len(turn.question) < 300 else query.text
    return replace(
        query, text=text, kind=kind, wanted=wanted, links=links, terms=(*query.terms, *carried), carried=True
    )


def _swapped(query: Query, turn: Turn) -> Query:
    """The old question's form and predicate with the new thing in the place of the old."""
    groups = frozenset(term.stem for term in query.terms if term.plain not in _COUNTED)
    if turn.kind == "quote" and not query.links and groups and groups <= group_stems():  # "and the governments?"
        links = tuple(link for link in turn.links if link.type != "person")
        kept = tuple(
            replace(term, link=_moved(term.link, turn.links, links))
            for term in turn.terms
            if term.link is None or turn.links[term.link] in links
        )
        return replace(query, kind="quote", voice=groups, terms=kept, links=links, carried=True)
    kinds = {link.type for link in query.links}
    old = [
        term
        for term in turn.terms
        if term.link is None or turn.links[term.link].type not in kinds and turn.links[term.link].type == "event"
    ]
    own = {term.stem for term in query.terms}
    weight = 0.5 if turn.wanted or turn.kind in ("status", "verify") else 0.25
    kept = tuple(
        replace(term, link=None, name=False, weight=term.weight * weight) for term in old if term.stem not in own
    )
    if turn.kind == "describe" and turn.links and not turn.wanted:
        kept = ()
    kind, wanted = (turn.kind, turn.wanted) if query.kind in ("describe", "list") else (query.kind, query.wanted)
    if kind in ("list", "count") and query.kind == "describe":
        kind, wanted = "verify", ()
    return replace(
        query,
        kind=kind,
        wanted=wanted,
        terms=(*query.terms, *kept),
        carried=True,
        text=f"{query.text} {' '.join(t.plain for t in kept)}",
    )


_ON = re.compile(r"\W*(?:and|or|what about|how about)? ?(?:on|about|regarding|in) ", re.IGNORECASE)  # "and on finance?"
_COUNTED = frozenset(("two", "both", "three"))
_OF_IT = re.compile(
    r"\b(?:from|of|for|about|to|in|with|by|on|at|through|behind|into|against) (?:it|them)\b", re.IGNORECASE
)
_IT = re.compile(r"\bits?\b", re.IGNORECASE)


def _is_thing(link: Link) -> bool:
    return link.type not in ("person", "place", "sector")


def _with_carried(query: Query, turn: Turn) -> tuple[Link, ...]:
    """The message's links, and those of the turn before that its pronouns stand for."""
    person = re.search(r"\b(?:he|him|his|she|her)\b", query.message, re.IGNORECASE)
    kept = [link for link in turn.links if not person or link.type == "person"] or list(turn.links)
    if _IT.search(query.message) and turn.topic and not any(map(_is_thing, kept)):
        kept = list(turn.topic)  # "it" is the cable, not the country that was asked about in between
    ids = {link.entity for link in query.links}
    return (*query.links, *(replace(link, start=-1, end=-1) for link in kept if link.entity not in ids))


def _moved(index: int | None, old: Sequence[Link], new: Sequence[Link]) -> int | None:
    if index is None or index >= len(old):
        return None
    return next((i for i, link in enumerate(new) if link.entity == old[index].entity), None)


def _pronoun_inside(query: Query) -> bool:
    """A pronoun that stands for something in the same message: "Is the tunnel done or is it planned"."""
    pronoun = knowledge.pattern("cues", "pronoun").search(query.message)
    if pronoun is None:
        return True
    word = pronoun.group().lower()
    if word in ("this", "that", "these", "those", "there", "both", "each", "such"):
        things = any(link.type != "sector" for link in query.links)
        return any(term.stem not in attributes() for term in query.terms) and (things or len(query.terms) >= 2)
    return (
        any(0 <= link.start < pronoun.start() for link in query.links)
        or len([t for t in query.terms if t.stem not in attributes()]) >= 3
    )
