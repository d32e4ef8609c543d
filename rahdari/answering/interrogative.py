"""Which words of a question say what is asked for: the question word and what belongs to it.

"Which two firms won the contract at that price?" asks for firms, not for a price; "What happens when the deadline is
missed?" asks for no date. Patterns for the type of a value are held against these words only, where the message has
such words; a message without them ("cost of the dam?") is looked at as a whole.
"""

from __future__ import annotations

import re
from typing import cast

from rahdari import knowledge
from rahdari.answering.query import Superlative, Wanted
from rahdari.knowledge.normal import words as plain_words

_AUXILIARY = re.compile(
    r"\s*"
    r"(?:is|are|was|were|am|be|been|do|does|did|has|have|had|will|would|can|could|should|shall|may|might|must"
    r"|isn|aren|wasn|weren|don|doesn|didn|hasn|haven|won|['’]s|['’]re|['’]d|['’]ll)\b"
)
_BEFORE = (
    r"(?:and|so|but|ok|okay|hi|hello|hey|please|pls|also|then|now|well|sorry|just|or|exactly|roughly|approximately"
    r"|about|at|by|from|in|into|of|on|over|since|to|under|until|till|up to|with|within|for|through|during|after|before"
    r"|between|against|around|near|towards|via)"
)
_ASKS = re.compile(rf"^\W*(?:{_BEFORE}\W+)*(?P<word>whom|whose|who|why|where|when|which|what|how)\b")
_CLAUSE = re.compile(
    r"[,;]?\s\b(?:when|while|where|because|although|though|if|unless|who|whom|whose|which|after|before|once"
    r"|in order)\b"
)
_LATER = re.compile(rf",\s*(?:{_BEFORE}\s+)?(?P<rest>(?:which|what|who|whom|whose|how|where|why)\b.*)")
_KNOWS = re.compile(
    r"\b(?:know\w*|tell|say|says|said|saying|explain\w*|clear|mention\w*|state[sd]?|specif\w+|sure|idea|see|find out"
    r"|found out|remember|show\w*|indicate\w*|reveal\w*|decided|disclose\w*|remind|check|understand|agreed)\b.{0,25}?\s"
    r"(?P<rest>(?:when|where|who|whom|whose|why|how|what|which)\b.*)"
)
_NOUNS = 3  # words after "which": what is asked for stands among them


def asking(lowered: str) -> str:
    """The words of a message in lower case that say what is asked for; all of it where no question word opens it."""
    match = _ASKS.match(lowered)
    if match is None:
        return _of_yes_no(lowered) if knowledge.pattern("cues", "yes_no").match(lowered) else lowered
    word, rest = match["word"], lowered[match.end() :]
    later = _LATER.search(rest)
    if word in ("when", "where") and later and not _AUXILIARY.match(rest):
        return asking(later["rest"])  # "When the fair opened, which minister spoke?"
    if word in ("who", "whom", "whose", "why", "where", "when"):
        return _start(lowered, match.end(), 2)
    if word in ("which", "what") and not _AUXILIARY.match(rest):
        return _start(lowered, match.end(), _NOUNS)
    clause = _CLAUSE.search(lowered, match.end() + 8)
    return lowered[: clause.start()] if clause and len(lowered[: clause.start()].split()) >= 2 else lowered


def _of_yes_no(lowered: str) -> str:
    """ "Do you know when it opens?" asks when; "was it open when they met?" asks nothing of the kind."""
    embedded = _KNOWS.search(lowered)
    if embedded:
        return asking(lowered[embedded.start("rest") :])
    clause = _CLAUSE.search(lowered)
    return lowered[: clause.start()] if clause else lowered


def _start(text: str, end: int, words: int) -> str:
    """A text up to so many words after `end`; an auxiliary verb or a clause ends it earlier."""
    for found in re.finditer(r"\S+", text[end:]):
        if _CLAUSE.match(f" {found.group()}"):
            return text[: end + found.start()].rstrip()
        if _AUXILIARY.match(found.group()):
            return text[: end + found.end()]
        words -= 1
        if words == 0:
            return text[: end + found.end()]
    return text


def superlative(lowered: str) -> Superlative | None:
    """What a message in lower case compares, where it is something that can be measured: not "the biggest worry"."""
    for key, pattern in knowledge.patterns("superlatives"):
        match = pattern.search(lowered)
        if match is not None:
            wanted, _, end = key.partition(" ")
            measured = wanted == "amount" or any(_is_thing(word.plain) for word in plain_words(lowered))
            return Superlative(match.group(), cast(Wanted, wanted), end == "least") if measured else None
    return None


def _is_thing(word: str) -> bool:
    heads = knowledge.lookup("heads")
    return word in heads or word.endswith("s") and word[:-1] in heads
