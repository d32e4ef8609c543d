"""What is no question to the documents: greetings, thanks, help, and what lies outside any document of the field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rahdari import knowledge
from rahdari.answering.text import foreign_words, stop_words
from rahdari.knowledge.normal import words
from rahdari.records import Link, Question

_MARKS = re.compile(r"[^\w\s'’]+")
_LATIN = re.compile(r"[a-zA-Z]")
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu)['’](?=[aeéèêhiouyâîôû])", re.IGNORECASE)  # "l'accord"
_SPANISH = re.compile(r"[¿¡]")
_SURE_OUTSIDE = 0.9
_SURE, _SHORT = 0.8, 8  # the classifier alone decides only on short messages that name nothing
SOCIAL = ("greet", "goodbye", "thank", "help", "bot_challenge", "affirm", "deny", "start_over")


def small_talk(question: Question) -> str | None:
    """The kind of small talk that a whole message is, or None."""
    text = re.sub(r"\s+", " ", _MARKS.sub(" ", question.text.lower())).strip()
    if not text and question.text.strip():
        return "greet" if re.search(r"[\U0001F44B\U0001F600-\U0001F64F]", question.text) else None
    found = next((kind for kind, pattern in knowledge.patterns("social") if pattern.match(text)), None)
    if found or question.links is None or question.links or len(text.split()) > _SHORT:
        return found
    return question.intent if question.intent in SOCIAL and question.confidence >= _SURE else None


def outside(question: Question, links: Sequence[Link]) -> bool:
    """Whether a message asks for what no document of any field would answer, by its wording or the classifier."""
    lowered = question.text.lower()
    if any(
        pattern.search(lowered) for key, pattern in knowledge.patterns("scope") if key != "unless_named" or not links
    ):
        return True
    named = question.links is None or question.links or knowledge.pattern("cues", "of_documents").search(question.text)
    return question.intent == "out_of_scope" and question.confidence >= _SURE_OUTSIDE and not named


def foreign(text: str) -> bool:
    """Whether a message is in another language: in other letters, or with that language's small words."""
    plain = [word.plain for word in words(_ELIDED.sub(" ", text))]
    theirs = sum(word in foreign_words() for word in plain)
    if other_script(text) or _SPANISH.search(text):
        return True
    return theirs >= 2 and theirs > sum(word in stop_words() for word in plain)


def other_script(text: str) -> bool:
    """Whether a message is written in letters that are not Latin."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(bool(_LATIN.match(char)) or char < "\u0250" for char in letters) < len(letters) / 2
