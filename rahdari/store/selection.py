"""Which facts are wanted, as conditions on rows. All of it is answered by indexes, but the words, which FTS5 finds."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import and_, false, func, not_, or_, select, tuple_, union
from sqlalchemy.sql.expression import Select

from rahdari.store import schema
from rahdari.store.fulltext import Holding

ENTITIES = ("sector", "project", "party")  # of the fields of Selection: those that name an entity
UNDATED = "stated"  # the modality of descriptions and opinions: no event, no agreement
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Selection:
    """What facts have to have; None asks for nothing.

    Attributes:
        sector, project, party: id of an entity that is the subject or object or stands in the sentence.
        status: modality.
        speaker: a name, or several of which one is enough.
        since, until: ISO 8601 dates or first parts of them; what holds for no told date is then left out.
        words: all of them stand in the sentence, inflected or not; the last one may be the beginning of a word.
        events: with any value, only what has a date and is no description or opinion.
    """

    sector: str | None = None
    project: str | None = None
    party: str | None = None
    status: str | None = None
    speaker: str | tuple[str, ...] | None = None
    document: str | None = None
    since: str | None = None
    until: str | None = None
    words: str | None = None
    events: str | None = None

    def without(self, name: str) -> Selection:
        """The same, but for one field."""
        return replace(self, **{name: None})


NAMES = tuple(field.name for field in fields(Selection))


def chosen(statement: Select, wanted: Selection) -> Select:
    """A statement that reads of `facts`, narrowed to the facts that are wanted."""
    facts = schema.facts.c
    for name in ENTITIES:
        entity = getattr(wanted, name)
        if entity is not None:
            statement = statement.where(facts.row.in_(_about(entity)))
    for column, value in (("modality", wanted.status), ("speaker", wanted.speaker), ("document", wanted.document)):
        if value is not None:
            statement = statement.where(facts[column].in_([value] if isinstance(value, str) else value))
    if wanted.since is not None:  # a month counts as long as a part of it does
        statement = statement.where(facts.as_of >= func.substr(wanted.since, 1, func.length(facts.as_of)))
    if wanted.until is not None:
        statement = statement.where(facts.as_of <= wanted.until + "~")
    if wanted.events is not None:
        statement = statement.where(*events())
    if wanted.words is not None:
        statement = statement.where(_sentence_rows(wanted.words))
    return statement


def events() -> tuple[Any, ...]:
    """What makes a fact an event: its sentence gives its date, and it is no description or opinion."""
    facts, mentions = schema.facts.c, schema.mentions.c
    told = (mentions.document == facts.document) & (mentions.sentence == facts.sentence)
    dated = select(mentions.row).where(told, mentions.type == "date", mentions.value == facts.as_of)
    return dated.correlate(schema.facts).exists(), facts.modality != UNDATED


def told_once() -> Any:
    """What holds for a fact unless it only repeats another: "to begin in May, begin" of "plans to begin in May".

    Such a fact has the subject, status, speaker and date of the other, in the same sentence, and the end of its object.
    """
    facts, other = schema.facts.c, schema.facts.alias("other").c
    same = [other[name] == facts[name] for name in ("document", "sentence", "subject", "modality")]
    same += [other[name].is_not_distinct_from(facts[name]) for name in ("speaker", "as_of")]
    long, short = func.length(other.object), func.length(facts.object)
    more = and_(short > 0, long > short, func.substr(other.object, long - short + 1) == facts.object)
    again = and_(other.object == facts.object, other.row < facts.row)
    return not_(select(other.row).where(*same, or_(more, again)).correlate(schema.facts).exists())


def _about(entity: str) -> Any:
    facts, mentions = schema.facts.c, schema.mentions.c
    in_sentence = (facts.document == mentions.document) & (facts.sentence == mentions.sentence)
    return union(
        select(facts.row).where(facts.subject_entity == entity),
        select(facts.row).where(facts.object_entity == entity),
        select(facts.row).select_from(schema.facts.join(schema.mentions, in_sentence)).where(mentions.entity == entity),
    )


def _sentence_rows(words: str) -> Any:
    terms = _WORD.findall(words)
    if not terms:
        return false()
    facts, sentences = schema.facts.c, schema.sentences.alias("s").c
    found = select(sentences.document, sentences.index).where(sentences.row.op("IN")(Holding(terms)))
    return tuple_(facts.document, facts.sentence).in_(found)
