"""Looking instead of asking: facts in pages, their counts, and who agreed what with whom."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import cache
from typing import Any, Literal

from sqlalchemy import and_, func, select, union

from rahdari import knowledge
from rahdari.records import Entity, Fact, Mention
from rahdari.store import parties, schema, speakers
from rahdari.store.keys import Key, parts
from rahdari.store.selection import ENTITIES, UNDATED, Selection, chosen, events, told_once
from rahdari.store.store import Store

Order = Literal["text", "newest", "oldest"]
_PROJECTS = ("project", "agreement", "programme")
_PARTIES = ("organisation", "place", "person")
_AT_ONCE = 5000  # sentences asked for in one query
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Found:
    """A fact with the sentence that it stands in: `text == document.text[start:end]`.

    Attributes:
        title, publisher, published: of the document.
        sectors: names of the sectors that the sentence mentions.
    """

    row: int
    fact: Fact
    start: int
    end: int
    text: str
    title: str | None
    publisher: str | None
    published: str | None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Something to choose by. `type` is an entity's; None for what is no entity."""

    id: str
    name: str
    count: int
    type: str | None = None


@dataclass(frozen=True)
class Count:
    """How many: `key` is a sector's name, or a date as far as it is told; `key` None where no sector is named."""

    key: str | None
    status: str
    count: int


@dataclass(frozen=True)
class Tie:
    """Two parties, ids of entities, of whom a fact tells an agreement; in the order of its text."""

    one: str
    other: str
    found: Found


class Explorer(Store):
    """A store for looking around in. It has a connection of its own, so that no answer waits for a count.

    A fact that only repeats another of its sentence is neither shown nor counted.

    Open it with `Explorer.open`. Thread-safe.
    """

    @property
    def built(self) -> str:
        """When the store was built: an ISO 8601 time in UTC."""
        seconds = self._now.signature[1] / 1e9
        return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="seconds")

    def count(self, wanted: Selection) -> int:
        """The number of facts that are wanted."""
        rows = self._now.rows(self._chosen(select(func.count().label("count")).select_from(schema.facts), wanted))
        return int(rows[0]["count"])

    def page(self, wanted: Selection, order: Order = "text", limit: int = 50, offset: int = 0) -> list[Found]:
        """Facts that are wanted, `limit` of them from the `offset`th; those without a date come last."""
        facts = schema.facts.c
        by = {"text": [], "newest": [facts.as_of.desc()], "oldest": [facts.as_of]}[order]
        by = [facts.as_of.is_(None), *by] if by else by
        statement = self._chosen(_facts(), wanted).order_by(*by, facts.document, facts.sentence, facts.row)
        return self._found(self._now.rows(statement.limit(limit).offset(offset)))

    def choices(self, wanted: Selection) -> dict[str, list[Choice]]:
        """For each field of a Selection that has choices: what can be chosen beside all that is chosen elsewhere.

        The most frequent come first. Parties are organisations, countries and people.
        """
        return {
            name: self._choices(name, wanted.without(name)) for name in (*ENTITIES, "status", "speaker", "document")
        }

    def dates(self, wanted: Selection) -> list[Count]:
        """How many facts hold for each date, by status; descriptions and opinions are no events, and left out."""
        facts = schema.facts.c
        statement = select(facts.as_of, facts.modality, func.count().label("count"))
        statement = self._chosen(statement, wanted).where(*events())
        rows = self._now.rows(statement.group_by(facts.as_of, facts.modality).order_by(facts.as_of))
        return [Count(row["as_of"], row["modality"], row["count"]) for row in rows]

    def projects(self, wanted: Selection) -> list[Count]:
        """How many projects there are, by sector and status: each counts once for each of both that is told of it."""
        pairs = self._pairs(_PROJECTS[:1])
        facts, entities = schema.facts.c, schema.entities.c
        told = self._chosen(
            select(pairs.c.entity, facts.modality).select_from(schema.facts.join(pairs, pairs.c.row == facts.row)),
            wanted,
        )
        told = told.where(facts.modality != UNDATED).distinct().subquery()
        project, sector = schema.mentions.alias("p").c, schema.mentions.alias("s").c
        named = select(project.entity, sector.entity.label("sector")).distinct()
        named = named.where(
            project.document == sector.document, project.sentence == sector.sentence,
            project.type == "project", sector.type == "sector",
        ).subquery()  # fmt: skip
        joined = told.outerjoin(named, told.c.entity == named.c.entity)
        joined = joined.outerjoin(schema.entities, entities.id == named.c.sector)
        statement = select(entities.name, told.c.modality, func.count(told.c.entity.distinct()).label("count"))
        rows = self._now.rows(statement.select_from(joined).group_by(entities.name, told.c.modality))
        return [Count(row["name"], row["modality"], row["count"]) for row in rows]

    def agreements(self, wanted: Selection) -> list[Count]:
        """How many sentences tell of an agreement, by sector and status."""
        counted: dict[tuple[str | None, str], set[tuple[str, int]]] = {}
        for found in self._agreements(wanted):
            for sector in found.sectors or (None,):
                key = (found.fact.document, found.fact.sentence)
                counted.setdefault((sector, found.fact.modality), set()).add(key)
        return [Count(sector, status, len(keys)) for (sector, status), keys in counted.items()]

    def ties(self, wanted: Selection) -> list[Tie]:
        """Who agreed with whom: for each sentence that tells of an agreement, its parties two by two."""
        found = [
            one for one in self._agreements(wanted) if one.fact.modality == "agreed" or _agrees(one.fact.predicate)
        ]
        mentions = self._mentioned({(one.fact.document, one.fact.sentence) for one in found})
        ties: dict[tuple[str, str, str, int], Tie] = {}
        for one in found:
            fact, named = one.fact, mentions.get((one.fact.document, one.fact.sentence), [])
            able = [mention for mention in named if self._may_agree(mention, fact.speaker)]
            for first, second in parties.pairs(one.text, one.start, fact.subject, fact.predicate, able):
                low, high = sorted((first, second))
                ties.setdefault((low, high, fact.document, fact.sentence), Tie(first, second, one))
        return list(ties.values())

    def _agreements(self, wanted: Selection) -> list[Found]:
        statement = self._chosen(_facts(), wanted, once=False).where(schema.facts.c.modality != UNDATED)
        facts = schema.facts.c
        rows = self._now.rows(statement.order_by(facts.document, facts.sentence, facts.row))
        return self._found([row for row in rows if _tells_of_agreement(row)])

    def _may_agree(self, mention: Mention, speaker: str | None) -> bool:
        entity = self.entity(mention.entity) if mention.entity else None
        return entity is not None and _party(entity) and entity.name != speaker

    def _mentioned(self, keys: Collection[Key], type: str | None = None) -> dict[Key, list[Mention]]:
        found = dict[Key, list[Mention]]()
        for some in parts(sorted(keys), _AT_ONCE):
            for mention in self.mentions(keys=some, type=type):
                found.setdefault((mention.document, mention.sentence), []).append(mention)
        return found

    def _chosen(self, statement: Any, wanted: Selection, once: bool = True) -> Any:
        """A statement narrowed to what is wanted; a speaker in every spelling, and `once` without repetitions."""
        if isinstance(wanted.speaker, str):
            key = speakers.same(wanted.speaker)
            known = self._now.rows(select(schema.facts.c.speaker).where(schema.facts.c.speaker.is_not(None)).distinct())
            spelt = tuple(row["speaker"] for row in known if speakers.same(row["speaker"]) == key)
            wanted = replace(wanted, speaker=spelt)
        statement = chosen(statement, wanted)
        return statement.where(told_once()) if once else statement

    def _found(self, rows: list[dict[str, Any]]) -> list[Found]:
        sectors = self._mentioned({(row["document"], row["sentence"]) for row in rows}, "sector")
        names = {
            key: tuple(dict.fromkeys(entity.name for m in found if (entity := self.entity(m.entity or ""))))
            for key, found in sectors.items()
        }
        return [_made(row, names.get((row["document"], row["sentence"]), ())) for row in rows]

    def _choices(self, name: str, wanted: Selection) -> list[Choice]:
        if name == "document":
            counts = self._counted("document", wanted)
            return [
                Choice(id, (document.title if (document := self.document(id)) else None) or id, n) for id, n in counts
            ]
        if name not in ENTITIES:
            counts = self._counted({"status": "modality"}.get(name, name), wanted)
            if name == "speaker":
                return [Choice(value, value[:1].upper() + value[1:], n) for value, n in speakers.merged(counts)]
            return [Choice(value, value, n) for value, n in counts]
        types = {"sector": ("sector",), "project": _PROJECTS, "party": _PARTIES}[name]
        named = ((self.entity(id), n) for id, n in self._named(types, wanted))
        return [
            Choice(entity.id, entity.name, n, entity.type)
            for entity, n in named
            if entity and (name != "party" or _party(entity))
        ]

    def _counted(self, column: str, wanted: Selection) -> list[tuple[str, int]]:
        value = schema.facts.c[column]
        counted = select(value.label("value"), func.count().label("count"))
        statement = self._chosen(counted, wanted).where(value.is_not(None))
        rows = self._now.rows(statement.group_by(value).order_by(func.count().desc(), value))
        return [(row["value"], row["count"]) for row in rows]

    def _named(self, types: tuple[str, ...], wanted: Selection) -> list[tuple[str, int]]:
        pairs = self._pairs(types)
        statement = select(pairs.c.entity, func.count().label("count"))
        joined = schema.facts.join(pairs, pairs.c.row == schema.facts.c.row)
        statement = self._chosen(statement.select_from(joined), wanted)
        rows = self._now.rows(statement.group_by(pairs.c.entity).order_by(func.count().desc(), pairs.c.entity))
        return [(row["entity"], row["count"]) for row in rows]

    def _pairs(self, types: tuple[str, ...]) -> Any:
        """Facts, by row, and the entities of these types that each is about: subject, object or in the sentence."""
        facts, mentions, entities = schema.facts.c, schema.mentions.c, schema.entities.c
        same = and_(facts.document == mentions.document, facts.sentence == mentions.sentence)
        in_sentence = select(facts.row, mentions.entity).select_from(schema.facts.join(schema.mentions, same))
        told = [in_sentence.where(mentions.type.in_(types), mentions.entity.is_not(None))]
        for column in (facts.subject_entity, facts.object_entity):
            joined = schema.facts.join(schema.entities, entities.id == column)
            told.append(select(facts.row, column.label("entity")).select_from(joined).where(entities.type.in_(types)))
        return union(*told).subquery()


def _facts() -> Any:
    facts, sentences, documents = schema.facts.c, schema.sentences.c, schema.documents.c
    same = and_(sentences.document == facts.document, sentences.index == facts.sentence)
    joined = schema.facts.join(schema.sentences, same).join(schema.documents, documents.id == facts.document)
    shown = [facts[name] for name in ("row", *_FIELDS)]
    return select(
        *shown,
        sentences.start,
        sentences.end,
        sentences.text,
        documents.title,
        documents.publisher,
        documents.published,
    ).select_from(joined)


_FIELDS = tuple(Fact.__dataclass_fields__)


def _made(row: dict[str, Any], sectors: tuple[str, ...]) -> Found:
    rest = {name: value for name, value in row.items() if name not in _FIELDS}
    return Found(fact=Fact(**{name: row[name] for name in _FIELDS}), sectors=sectors, **rest)


def _party(entity: Entity) -> bool:
    if entity.type == "place":
        return entity.name.casefold() in _countries()
    return entity.type in _PARTIES


@cache
def _countries() -> frozenset[str]:
    return frozenset(name.casefold() for name in knowledge.groups("countries"))


def _agrees(predicate: str) -> bool:
    return not knowledge.words("agreeing", "verbs").isdisjoint(predicate.split())


def _tells_of_agreement(row: dict[str, Any]) -> bool:
    verb = row["predicate"].split()
    told = [_WORD.findall(row[name].lower()) for name in ("subject", "object")]
    if "not" in verb or any(words and words[0] in knowledge.words("agreeing", "none") for words in told):
        return False
    nouns = knowledge.words("agreeing", "nouns")
    return _agrees(row["predicate"]) or any(nouns & set(words) for words in told)
