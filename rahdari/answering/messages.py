"""A message -> the question in it: spelled out, several at once, one behind a courtesy, one after a story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.answering.text import stop_words

if TYPE_CHECKING:
    from rahdari.linking import Vocabulary

_SHORT = 160  # characters
_ALONE = 6  # words that a question needs to stand without the sentence before it
_SIDES = re.compile(
    r"\bbetween (?P<a>.{3,80}?) and (?P<b>.{3,80})$"
    r"|^(?:compare |and |so )*(?P<c>.{3,80}?) (?:vs\.?|versus|compared (?:to|with)) (?P<d>.{3,80})$"
    r"|^\W*(?:please )?(?:compare|contrast) (?P<e>.{3,80}?) (?:and|with|to|against) (?P<f>.{3,80})$",
    re.IGNORECASE,
)


def spelled_out(text: str, vocabulary: Vocabulary) -> str:
    """A message with its chat spellings and misspelt small words put right: "hw mny", "whn", "teh".

    Words of the store stay as they are, and so do capitals inside a message: they may be names.
    """
    return _TYPED.sub(lambda match: _meant(match.group(), vocabulary), text)


def _meant(word: str, vocabulary: Vocabulary) -> str:
    typed = word.lower()
    if word[1:] != typed[1:] or vocabulary.count(typed):
        return word
    meant = knowledge.lookup("shorthand").get(typed)
    if meant is None and word == typed and typed not in vocabulary:
        near = _swapped(typed) if len(typed) == 3 else vocabulary.correct(typed)
        meant = near if near in stop_words() else None
    return meant or word


def _swapped(word: str) -> str | None:
    """The small word that two letters in the wrong order make: "teh"."""
    turned = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    return next((other for other in turned if word not in stop_words() and other in stop_words()), None)


_TYPED = re.compile(r"(?<![\w'’./@-])[A-Za-z][A-Za-z0-9]+(?![\w'’@-])")


def several(text: str) -> tuple[str, ...]:
    """The questions of a message that asks several in one breath; else the message itself."""
    parts = [part.strip() for part in _AND_ASKS.split(text.strip())]
    whole = all(len(part.split()) >= _ASKS_BY_ITSELF for part in parts) and _OPENS.match(parts[0])
    return tuple(parts) if whole and 1 < len(parts) <= _MOST_ASKED else (text,)


_AND_ASKS = re.compile(
    r"(?<=\?)\s+(?:and |also )?(?=(?:(?:in|at|by|to|for|on|from) )?(?:what|how|who|whose|when|where|why|which)\b)"
    r"|,?\s+and (?:also )?(?=(?:(?:in|at|by|to|for|on|from) )?(?:what|how|who|whose|when|where|why|which)\b"
    r"|(?:is|are|was|were|has|have|did|does|do|will) (?:it|they|he|she|that|this)\b)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\W*(?:(?:in|at|by|to|for|on|from) )?"
    r"(?:what|how|who|whose|when|where|why|which|is|are|was|were|did|does|do|has|have|will)\b",
    re.IGNORECASE,
)
_ASKS_BY_ITSELF, _MOST_ASKED = 3, 3


def sides(text: str) -> tuple[str, ...]:
    """The two things that a comparison names, in words: "the hopes for rail" and "what was signed"; else nothing."""
    match = _SIDES.search(re.split(r"(?<=[.?!,;–])\s", text.strip().rstrip("?.! "))[0])
    return tuple(side for side in match.groups() if side) if match else ()


def asked_part(text: str) -> str:
    """A message's own question: its last sentence that asks, with the one before where it can't stand alone."""
    pieces = re.split(r"(?<=[.!?])\s+", text.strip())
    if len(pieces) == 1:
        return _embedded(text)
    asking = [i for i, piece in enumerate(pieces) if piece.endswith("?")]
    if not asking or _META.search(pieces[-1]):
        return text
    last = asking[-1]
    leaning = _LEANING.search(pieces[last])
    alone = len(pieces[last].split()) >= _ALONE and not leaning
    if not alone and len(text) < _SHORT:
        return text
    return pieces[last] if alone else " ".join(pieces[max(0, last - 1) : last + 1])


def _embedded(text: str) -> str:
    """The question inside a courtesy: "I should be grateful to learn which firm won", unless it leans on the rest."""
    match = _COURTESY.search(text) or _REQUEST.search(text)
    if match is None or len(match["asked"].split()) < _ALONE or _LEANING.search(match["asked"]):
        return text
    return match["asked"]


_LEANING = re.compile(
    r"\b(?:it|its|they|their|them|(?:that|this)(?! (?:story|article|text|document|piece|report)\b)|he|she|his|her"
    r"|each|both|neither)\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\b(?:I|we|kindly|please|you)\b.{0,60}"
    r"\b(?:learn|know|tell|inform|advise|find out|ask|clarify|understand|wonder(?:ing)?)"
    r"(?: (?:me|us|you))?(?: (?:about|of|as to))? "
    r"(?P<asked>(?:which|who|whom|whose|what|when|where|how|why|whether) .+)$",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(?:\S+ ){4,}(?:so |and |hence )?(?:please|pls|plz|kindly|can you|could you) "
    r"(?P<asked>(?:sum up|summari[sz]e|tell me|explain|describe|outline|list|give me|show me) .+)$",
    re.IGNORECASE,
)
_META = re.compile(  # "…. Who of us is right?", "…. Faithful to the text?"
    r"\b(?:who|which)\b.{0,20}\b(?:is|are|was) (?:right|correct|wrong)\b"
    r"|^\W*(?:\w+ ){0,3}(?:right|correct|wrong|true|faithful|accurate|typo|mistake)\b(?: \w+){0,4}\?*$",
    re.IGNORECASE,
)
