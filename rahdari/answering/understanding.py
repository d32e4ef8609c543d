"""A message -> a Query: what kind of question, what type of value, about what, and what it takes for granted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from rahdari import knowledge
from rahdari.answering import periods
from rahdari.answering.interrogative import asking, superlative
from rahdari.answering.messages import asked_part
from rahdari.answering.naming import Naming, named
from rahdari.answering.query import Kind, Query, Term, Wanted
from rahdari.answering.text import attributes, capitals, general_stems, group_stems, stem, stop_words, synonyms
from rahdari.answering.voices import speaker, voice
from rahdari.knowledge.normal import Word, near, words
from rahdari.records import Link, Question

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus
    from rahdari.linking import Vocabulary

_WHO_IS = re.compile(r"^\W*(?:and |so |ok )?(?:who(?:'?s| is| was| are)|whos)\b")
_SURE = 0.75
_ANY_TIME = ("when", "verify", "compare", "source", "more")  # the time is what is asked, or what is held against it
# Kinds that the classifier may hint at; one that must hold a value (when, where, how much) has to be in the words.
_BY_WORD = frozenset({"count", "how_much", "when", "why", "where", "who"})
_HINTED = frozenset({"list", "who", "status", "quote", "verify", "compare", "why", "timeline"})
_NUMBER = re.compile(
    r"(?<![\w$€£.,-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\d,.]*\d)\s+(?:[a-z-]+\s+)?([a-z]{4,}s)\b", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\b(?:how ?many|(?:number|no\.?|nr\.?|num\.?) of)\s+"
    r"(?:(?:of the|of|different|new|other|more|total|the|people['’]s)\s+)*([a-z-]+(?:\s+[a-z-]+)?)",
    re.IGNORECASE,
)


def understand(question: Question, links: Sequence[Link], corpus: Corpus, vocabulary: Vocabulary) -> Query:
    """The message by itself, without what was said before."""
    text = asked_part(question.text)
    lowered = text.lower()
    asked = asking(lowered)
    kind = _kind(question, lowered, asked)
    if kind == "who" and _WHO_IS.match(lowered) and any(link.type == "person" for link in links) and len(links) == 1:
        kind = "describe"
    offset = question.text.find(text) if text in question.text else 0
    shifted = [replace(link, start=link.start - offset, end=link.end - offset) for link in links]
    naming = named(text, shifted, corpus)
    numbers = _numbers(text)
    wanted = _wanted(kind, lowered, asked)
    excluded = _excluded(text, naming.links)
    yes_no = bool(knowledge.pattern("cues", "yes_no").match(text)) or _tagged(lowered)
    described = voice(text, naming.links) if kind == "quote" else frozenset()
    terms = tuple(
        term
        for term in _terms(text, naming, numbers, corpus, vocabulary)
        if (term.link is None or naming.links[term.link].entity not in excluded)
        and not (described <= group_stems() and term.stem in described)
        and not (term.plain == "call" and _CALLS.search(lowered))
    )
    return Query(
        text=text,
        message=question.text,
        kind=kind,
        wanted=wanted,
        terms=_without_types(terms, wanted),
        links=naming.links,
        numbers=numbers,
        yes_no=yes_no,
        speaker=speaker(kind, lowered, naming.links),
        voice=described,
        counted=_counted(lowered, vocabulary) if kind == "count" else None,
        options=naming.options if _vague(text, naming) else (),
        by_office=naming.by_office,
        excluded=excluded,
        listed=_listed(kind, lowered),
        plain_company=bool(knowledge.pattern("cues", "company").search(lowered)),
        superlative=superlative(lowered),
        period=None if yes_no or kind in _ANY_TIME else periods.asked(text),
        memory=question.memory,
    )


def _vague(text: str, naming: Naming) -> bool:
    """Whether a question says nothing beside a description that fits several things."""
    outside = [
        word.plain for word in words(text)
        if not naming.span[0] <= word.start < naming.span[1] and word.plain not in stop_words()
    ]  # fmt: skip
    return bool(naming.options) and all(stem(word) in attributes() for word in outside)


def _kind(question: Question, lowered: str, asked: str) -> Kind:
    """By pattern; the classifier's hint decides where the patterns only say `describe`."""
    patterns = knowledge.patterns("kinds")
    found = next((k for k, pattern in patterns if pattern.search(asked if k in _BY_WORD else lowered)), "describe")
    if found == "describe" and question.intent in _HINTED and question.confidence >= _SURE:
        return cast(Kind, question.intent)
    return cast(Kind, found)


def _listed(kind: Kind, lowered: str) -> str | None:
    """The type of item that is asked for: "which sectors", "how many people", "all projects"."""
    if kind not in ("list", "count") and not (kind == "who" and (_APART.search(lowered) or _NAMED.search(lowered))):
        return None
    counted = _COUNTED.search(lowered) if kind == "count" else None
    where = counted.group() if counted else lowered
    return next((key for key, pattern in knowledge.patterns("items") if pattern.search(where)), None)


def _wanted(kind: Kind, lowered: str, asked: str) -> tuple[Wanted, ...]:
    """The types that would answer; several where the wording leaves it open ("how long")."""
    if kind in ("quote", "more", "source", "timeline", "list"):
        return ()
    found = [cast(Wanted, key) for key, pattern in knowledge.patterns("wanted") if pattern.search(asked)]
    if kind == "compare":
        return tuple(key for key in found if key in ("amount", "length", "capacity", "count", "duration", "date"))[:1]
    if kind == "verify":
        given = knowledge.pattern("cues", "given").search(lowered)
        return () if not given else ("date",) if given["date"] else ("amount",) if given["amount"] else ("person",)
    if kind in ("status", "describe"):
        return ()
    if kind == "who":
        return tuple(
            dict.fromkeys([*(key for key in found if key in ("person", "organisation")), "person", "organisation"])
        )
    if kind == "where" and _TOLD.search(lowered):  # "where did he say so?": to whom
        return ("place", "organisation")
    first = {"when": "date", "where": "place", "why": "reason", "count": "count"}.get(kind)
    if first == "count" and ("length" in found or "capacity" in found or "duration" in found):
        return tuple(key for key in found if key in ("length", "capacity", "duration"))
    if first:
        return (cast(Wanted, first),)
    if "length" in found and "duration" in found:
        if _LONG_ITSELF.search(lowered):
            return ("length",)
        return ("duration",) if "for how long" in lowered else ("length", "duration")
    return tuple(found[:1])


_TOLD = re.compile(
    r"\bwhere (?:did|does|has|was)\b.{2,40}\b(?:say|said|tell|told|speak|spoken|talk|quoted|interviewed)\b"
)
_LONG_ITSELF = re.compile(
    r"\bhow long (?:(?:is|was|will|would|should)\b[^?]{0,40}\bbe\W*$|(?:is|was)\b[^?]*\b(?:in all|overall|in total)\b)"
)


def _terms(
    text: str, naming: Naming, numbers: Sequence[tuple[str, str]], corpus: Corpus, vocabulary: Vocabulary
) -> tuple[Term, ...]:
    links = naming.links
    shouted = text.isupper() or text.istitle()
    found: dict[str, Term] = {}
    presupposed = {number for number, _ in numbers}
    phrases = [
        (m.start(), m.end(), plain) for plain, pattern in knowledge.patterns("phrases") for m in pattern.finditer(text)
    ]
    for _, _, plain in phrases:
        for word in words(plain):
            if word.plain not in stop_words():
                base = stem(word.plain)
                found.setdefault(
                    base, Term(word.plain, base, synonyms(base), weight=max(0.3, min(0.8, corpus.weight(word.plain))))
                )
    absent = [] if shouted else _absent(text, links, corpus)
    for start, end, name in absent:
        found[name] = Term(text[start:end], name, name=True)
    first, last = periods.named(text)
    for position, word in enumerate(words(text)):
        if first <= word.start < last:
            continue
        if any(start <= word.start < end for start, end, _ in absent):
            continue
        link = next((i for i, link in enumerate(links) if link.start <= word.start < link.end), None)
        if link is None and any(start <= word.start < end for start, end, _ in phrases):
            continue
        if link is None and (word.plain in stop_words() or len(word.plain) < 2 and not word.plain.isdigit()):
            continue
        if link is not None and word.plain in stop_words():
            continue
        short = link is None and len(word.plain) <= 2 and word.plain.isalpha() and not corpus.known(word.plain)
        if short and not (position and text[word.start : word.end].istitle() and not shouted):
            continue  # "iz", "da": chat, not a topic; "Xi" is one
        term = _term(text, word, position, link, links, corpus, vocabulary, shouted)
        if word.plain in presupposed:
            term = replace(term, weight=min(term.weight, 0.4))
        if naming.vacant and naming.vacant.start <= word.start < naming.vacant.end:
            term = replace(term, name=True, also=frozenset(), weight=1.0)
        found.setdefault(term.stem, term)
    return tuple(found.values())


def _absent(text: str, links: Sequence[Link], corpus: Corpus) -> list[tuple[int, int, str]]:
    """Names of several words that stand nowhere in the store, though their words may: "the World Bank"."""
    found = []
    for match in _NAME.finditer(text):
        parts = [word for word in words(match.group()) if word.plain not in stop_words()]
        if len(parts) < 2 or any(link.start < match.end() and match.start() < link.end for link in links):
            continue
        start = match.start() + parts[0].start
        name = " ".join(word.plain for word in words(text[start : match.end()]))
        if not any(word.plain in knowledge.words("titles", "department") for word in parts):
            found.extend([] if corpus.store.frequency(name) else [(start, match.end(), name)])
    return found


_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of (?:the )?|for )?[A-Z][\w’'-]+)+")


def _term(
    text: str, word: Word, position: int, link: int | None, links: Sequence[Link], corpus: Corpus,
    vocabulary: Vocabulary, shouted: bool,
) -> Term:  # fmt: skip
    plain = word.plain
    if link is None:
        plain = vocabulary.correct(plain) or plain
    base = stem(plain)
    typed = text[word.start : word.end]
    capital = (
        typed[0].isupper()
        and position > 0
        and not shouted
        and text[max(0, word.start - 2) : word.start].rstrip()[-1:] not in ".?!"
    )
    country = typed.title() in knowledge.groups("countries")
    careful = typed.islower() and _capitals(text)  # who writes capitals writes names with them
    strange = plain.isalpha() and not careful and not _ENDING.search(typed) and not vocabulary.plausible(plain)
    seat = typed.lower() in knowledge.lookup("capitals")
    named = country or seat or strange or capital and not synonyms(base)
    is_name = links[link].type != "sector" if link is not None else named
    weight = corpus.weight(plain) * (0.3 if base in general_stems() else 1.0)
    located = seat and _WHERE.search(text[: word.start])  # "in Oslo" is the city, "Oslo agreed" its government
    also = frozenset() if located or is_name and link is None and not (country or seat) else synonyms(base)
    if plain == "capital":
        also |= _capital_of(text, word)
    if link is not None and links[link].score < 1.0:  # typed otherwise than the documents write it
        also |= frozenset(stem(part.plain) for part in words(links[link].name) if near(part.plain, plain))
    return Term(plain, base, also, is_name, link, max(weight, 0.05))


_CALLS = re.compile(r"\b(?:did|does|do|has|have)\b.{2,40}\bcall\b(?! (?:for|on|off|to|in)\b)")
_WHERE = re.compile(r"\b(?:in|at|near|from|to|through|via|of)\s+$", re.IGNORECASE)


def _capital_of(text: str, capital: Word) -> frozenset[str]:
    """Stems of the city that "the Chilean capital" or "the capital of Chile" is."""
    around = [word for word in words(text) if capital.start - 25 <= word.start <= capital.end + 25]
    place = next(number for number, word in enumerate(around) if word.start == capital.start)
    beside = [*around[max(0, place - 1) : place], *around[place + 1 : place + 5]]
    return next((capitals()[stem(word.plain)] for word in beside if stem(word.plain) in capitals()), frozenset())


# Endings by which a word that is in no list is still seen to be a word and no name.
_ENDING = re.compile(
    r"^[a-z]{3,}(?:able|ible|al|ally|ance|ence|ary|ate|ative|ed|ful|ic|ing|ism|ity|ive|ize|less|ly|ment|ness|ous|sion"
    r"|tion|tional|ward)$"
)


def _capitals(text: str) -> bool:
    """Whether a message has words with capitals beside its first."""
    return any(word[:1].isupper() for word in text.split()[1:])


def _without_types(terms: tuple[Term, ...], wanted: tuple[Wanted, ...]) -> tuple[Term, ...]:
    """Terms without the word that only names the type of value: the "city" of "in which city"."""
    named = {"place", "organisation", "person", "date", "percentage"} & set(wanted)
    kept = tuple(
        term
        for term in terms
        if not named or term.link is not None or term.plain not in knowledge.words("attributes", "type")
    )
    return kept or terms


def _numbers(text: str) -> tuple[tuple[str, str], ...]:
    wished = [m.span() for key, pattern in knowledge.patterns("phrases") if key == "-" for m in pattern.finditer(text)]
    found = (m for m in _NUMBER.finditer(text) if not any(a <= m.start() < b for a, b in wished))  # "give me 3 fields"
    return tuple((m.group(1).replace(",", ""), m.group(2).lower()) for m in found)


def _excluded(text: str, links: Sequence[Link]) -> frozenset[str]:
    """What "apart from", "besides", "other than" takes out."""
    match = _APART.search(text)
    if match is None:
        return frozenset()
    return frozenset(link.entity for link in links if match.end() <= link.start <= match.end() + 25)


_NAMED = re.compile(r"\b(?:quoted|cited|interviewed|named|mentioned)\b")
QUOTED = re.compile(r"\b(?:quoted|cited|interviewed)\b")
_APART = re.compile(
    r"\b(?:apart from|besides|other than|except(?: for)?|aside from|not counting|excluding)\s+(?:the\s+)?",
    re.IGNORECASE,
)


def _counted(lowered: str, vocabulary: Vocabulary) -> str | None:
    match = _COUNTED.search(lowered)
    if not match:
        return None
    types = knowledge.words("attributes", "kind") & set(match.group(1).split())
    if types:
        return min(types)
    nouns = [
        vocabulary.correct(word) or word
        for word in match.group(1).split()
        if word in knowledge.words("stopwords", "asking") and word.endswith("s") or word not in stop_words()
    ]
    plural = [noun for noun in nouns if noun.endswith("s")]
    return (plural or nouns)[0] if nouns else None


def _tagged(lowered: str) -> bool:
    patterns = [pattern for key, pattern in knowledge.patterns("kinds") if key == "verify"]
    return any(pattern.search(lowered) for pattern in patterns[1:])
