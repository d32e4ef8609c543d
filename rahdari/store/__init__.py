"""The fact store: documents, sentences, entities, mentions and facts behind one address, records in and out."""

from rahdari.store.build import build
from rahdari.store.feedback import Feedback, Opinion
from rahdari.store.keys import Key
from rahdari.store.snapshot import noted, origin_left
from rahdari.store.store import Store
from rahdari.store.unanswered import Unanswered, UnansweredQuestion

__all__ = [
    "Feedback",
    "Key",
    "Opinion",
    "Store",
    "Unanswered",
    "UnansweredQuestion",
    "build",
    "noted",
    "origin_left",
]
