"""The fact store: documents, sentences, entities, mentions and facts behind one address, records in and out."""

from rahdari.store.build import build, note
from rahdari.store.explore import Choice, Count, Explorer, Found, Tie
from rahdari.store.feedback import Feedback, GivenAnswer, Opinion
from rahdari.store.given import GivenAnswers
from rahdari.store.keys import Key
from rahdari.store.selection import Selection
from rahdari.store.snapshot import noted, origin_left
from rahdari.store.store import Store
from rahdari.store.unanswered import Unanswered, UnansweredQuestion

__all__ = [
    "Choice",
    "Count",
    "Explorer",
    "Feedback",
    "Found",
    "GivenAnswer",
    "GivenAnswers",
    "Key",
    "Opinion",
    "Selection",
    "Store",
    "Tie",
    "Unanswered",
    "UnansweredQuestion",
    "build",
    "note",
    "noted",
    "origin_left",
]
