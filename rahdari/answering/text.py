"""Words as retrieval sees them: stems, stop words, synonyms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.knowledge.normal import plain_words, words

if TYPE_CHECKING:
    from Stemmer import Stemmer


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Porter2 stem of a plain word (PyStemmer), irregular forms and British spellings made alike first."""
    return str(_stemmer().stemWord(_american(_irregular().get(word, word))))


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    return {form: base for base, forms in knowledge.groups("irregular").items() for form in forms}


def _american(word: str) -> str:
    if len(word) < 5:
        return word
    for pattern, other in _BRITISH:
        word = pattern.sub(other, word)
    return word


_BRITISH = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"(?<=[a-z]{3})our(?=s?$|ed$|ing$|ly$|hood|able|ite|er)", "or"),
        (r"(?<=[a-z]{3})is(?=ations?$|e$|ed$|es$|ing$)", "iz"),
        (r"(?<=[a-z]{3})yse(?=d?$|s$)", "yze"),
        (r"(?<=cent|.met|heat)re(?=s?$)", "er"),
        (r"(?<=program)mes?$", ""),
        (r"(?<=defen|licen|offen)ce(?=s?$)", "se"),
        (r"(?<=[a-z]{3}el)l(?=ed$|ing$)", ""),
    )
)


@lru_cache(maxsize=32768)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's words."""
    return frozenset(map(stem, plain_words(text)))


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Plain words that carry no topic by themselves."""
    groups = knowledge.groups("stopwords")
    return frozenset(
        word.plain for key in ("function", "chat", "asking") for entry in groups[key] for word in words(entry)
    )


@lru_cache(maxsize=1)
def foreign_words() -> frozenset[str]:
    """Plain small words of other languages that English has not."""
    return frozenset(knowledge.groups("stopwords")["foreign"])


@lru_cache(maxsize=1)
def general_stems() -> frozenset[str]:
    """Stems that any text of the field could be said to cover: they weigh little."""
    return frozenset(stem(word.plain) for entry in knowledge.groups("stopwords")["general"] for word in words(entry))


@lru_cache(maxsize=1)
def group_stems() -> frozenset[str]:
    """Stems of the words for those who make an agreement, whoever they are: the governments, both sides."""
    return frozenset(stem(word) for word in knowledge.groups("attributes")["group"])


@lru_cache(maxsize=1)
def attributes() -> frozenset[str]:
    """Stems of the words that ask about something without naming it."""
    return frozenset(stem(word.plain) for entry in knowledge.groups("attributes")["attribute"] for word in words(entry))


@lru_cache(maxsize=1)
def field_words() -> frozenset[str]:
    """Plain words that make a message one of this field, whether the store has them or not."""
    tables = ("sectors", "heads", "titles", "synonyms", "units", "speech")
    entries = (entry for table in tables for entry in knowledge.lookup(table))
    return frozenset(word.plain for entry in entries for word in words(entry)) | attributes()


@lru_cache(maxsize=1)
def _families() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for entries in knowledge.groups("synonyms").values():
        family = {stem(found[0].plain) for entry in entries if len(found := words(entry)) == 1}
        for member in family:
            table.setdefault(member, set()).update(family)
    for adjective, country in knowledge.lookup("countries").items():
        pair = {stem(words(adjective)[0].plain), stem(words(country)[0].plain)}
        if len(words(adjective)) == len(words(country)) == 1:
            for member in pair:
                table.setdefault(member, set()).update(pair)
    for country, cities in knowledge.groups("capitals").items():  # "Oslo said": its government
        sides = [
            [stem(words(name)[0].plain) for name in names if len(words(name)) == 1] for names in ((country,), cities)
        ]
        for one, other in ((a, b) for a in sides[0] for b in sides[1]):
            table.setdefault(one, set()).add(other)
            table.setdefault(other, set()).update({one, *table.get(one, ())} - {other})
    return {member: frozenset(family) for member, family in table.items()}


@lru_cache(maxsize=1)
def capitals() -> dict[str, frozenset[str]]:
    """The stem of a country's name or adjective -> the stems of its capital's, of one word each."""
    table = {}
    for country, cities in knowledge.groups("capitals").items():
        found = frozenset(stem(words(city)[0].plain) for city in cities if len(words(city)) == 1)
        forms = [country, *(adjective for adjective, name in knowledge.lookup("countries").items() if name == country)]
        table.update({stem(words(form)[0].plain): found for form in forms if found and len(words(form)) == 1})
    return table


def synonyms(word_stem: str) -> frozenset[str]:
    """Stems that can stand for this one, itself left out."""
    return _families().get(word_stem, frozenset()) - {word_stem}


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for one, other in knowledge.groups("opposites").items():
        sides = [{stem(word.strip()) for word in side} for side in (one.split(","), other)]
        for side, against in (sides, sides[::-1]):
            for member in side:
                table.setdefault(member, set()).update(against)
    return {member: frozenset(against) for member, against in table.items()}


def opposites(word_stem: str) -> frozenset[str]:
    """Stems that say the opposite of this one."""
    return _opposites().get(word_stem, frozenset())


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer("english", 0)  # which keeps no words itself: `stem` does
