"""Judging a question set: entries from a file, a conversation for each, a verdict on each last Answer."""

from rahdari.evaluation.entries import Entry, load
from rahdari.evaluation.judging import Verdict, judge
from rahdari.evaluation.running import Talk, direct, evaluate, through_bot
from rahdari.evaluation.summary import Summary, summarise

__all__ = ["Entry", "Summary", "Talk", "Verdict", "direct", "evaluate", "judge", "load", "summarise", "through_bot"]
