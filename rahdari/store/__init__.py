"""The fact store: documents, sentences, entities, mentions and facts behind one address, records in and out."""

from rahdari.store.address import file_of as store_file
from rahdari.store.changing import Progress
from rahdari.store.copying import copy
from rahdari.store.database import name_of, on_server
from rahdari.store.explore import Choice, Count, Explorer, Found, Tie
from rahdari.store.feedback import Feedback, GivenAnswer, Opinion
from rahdari.store.given import GivenAnswers
from rahdari.store.history import Version
from rahdari.store.keys import Key
from rahdari.store.nearest import Nearness
from rahdari.store.own import check_place, is_own
from rahdari.store.pieces import Piece
from rahdari.store.safekeeping import backup, restore
from rahdari.store.safekeeping import put as put_file
from rahdari.store.schema import SCHEMA
from rahdari.store.selection import Selection
from rahdari.store.snapshot import noted, origin_left
from rahdari.store.staging import GivenUp, Staging, helping, staging
from rahdari.store.store import Store
from rahdari.store.unanswered import Unanswered, UnansweredQuestion
from rahdari.store.verifying import verify
from rahdari.store.views import Told
from rahdari.store.writer import Writer, open_writer

__all__ = [
    "SCHEMA",
    "Choice",
    "Count",
    "Explorer",
    "Feedback",
    "Found",
    "GivenAnswer",
    "GivenAnswers",
    "GivenUp",
    "Key",
    "Nearness",
    "Opinion",
    "Piece",
    "Progress",
    "Selection",
    "Staging",
    "Store",
    "Tie",
    "Told",
    "Unanswered",
    "UnansweredQuestion",
    "Version",
    "Writer",
    "backup",
    "check_place",
    "copy",
    "helping",
    "is_own",
    "name_of",
    "on_server",
    "noted",
    "open_writer",
    "origin_left",
    "put_file",
    "restore",
    "staging",
    "store_file",
    "verify",
]
