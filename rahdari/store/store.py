"""Reading a store. All that comes out is a frozen record, or a plain value."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import case, func, or_, select, text
from sqlalchemy.sql.expression import Select
from sqlalchemy.sql.schema import Table

from rahdari.errors import StoreError, StoreMissing
from rahdari.records import Document, Entity, Fact, Mention, Named, Ranked, Sentence, StoredForm
from rahdari.store import history, schema
from rahdari.store.codec import Vectors
from rahdari.store.database import Signature, database_at
from rahdari.store.history import Version
from rahdari.store.keys import Key, among, each, table_of
from rahdari.store.nearest import Nearness, everything
from rahdari.store.snapshot import Snapshot

Opened = TypeVar("Opened", bound="Store")

log = logging.getLogger(__name__)

_RANKED = 2000  # sentences with the words asked for: to rank more costs milliseconds, and tells little
_COUNTED = 20_000  # the same, where those of other documents are passed over


class Store:
    """The facts as of the last `refresh`: one state of them, until the next.

    Open it with `Store.open`. Thread-safe.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._now = snapshot
        self._unusable: Signature | None = None

    @classmethod
    def open(cls: type[Opened], url: str) -> Opened:
        """Opens the store at a SQLAlchemy address for reading.

        Raises:
            StoreMissing: nothing was ingested there yet.
            StoreOutdated: another version of the code wrote it.
            StoreError: the address or the file cannot be used.
        """
        return cls(Snapshot(database_at(url)))

    def refresh(self) -> bool:
        """Goes on to what was published since, if anything: True when it did.

        Where nothing was, it costs two stats and a look into shared memory, or a short question to the server. A store
        that cannot be used is logged once, and what was read before stays.
        """
        database, seen = self._now.database, Signature()
        try:
            seen = database.signature()
            if seen in (self._now.signature, self._unusable) and not self._now.lost():
                return False
            before, fresh = self._now, Snapshot(database)  # the one before closes when the last thread lets go of it
            same = fresh.meta == before.meta
            if same:  # it was only written elsewhere; to hold on to the old place would keep the log from being emptied
                fresh.keep(before)
            self._now = fresh
            return not same
        except StoreMissing:
            return False
        except StoreError as error:
            if self._unusable != seen:
                log.warning("the store that was read before stays in use: %s", error)
            self._unusable = seen
            return False

    @property
    def version(self) -> str:
        """The hash of what the store was built from."""
        return self._now.meta["inputs"]

    @property
    def meta(self) -> dict[str, str]:
        """What is recorded of how the store was built."""
        return dict(self._now.meta)

    @property
    def sentence_count(self) -> int:
        """The number of sentences in all documents."""
        return self._now.sentence_count

    @property
    def document_count(self) -> int:
        """The number of documents."""
        return self._now.document_count

    def documents(self) -> tuple[Document, ...]:
        """All documents, in the order of ids; read anew each time."""
        return self._now.held.documents()

    def newest(self, limit: int) -> tuple[Document, ...]:
        """The documents published last, the newest first, undated ones at the end; of one day, by id from the end."""
        table = schema.documents.c
        order = (func.coalesce(table.published, "").desc(), table.id.desc())
        ids = [row[0] for row in self._now.held.values(select(table.id).order_by(*order).limit(limit))]
        return tuple(document for document in map(self.document, ids) if document is not None)

    def days(self) -> tuple[str, ...]:
        """The days on which documents were published, in order."""
        table = schema.documents.c
        days = select(table.published).where(table.published.is_not(None)).distinct().order_by(table.published)
        return tuple(row[0] for row in self._now.held.values(days))

    def document(self, id: str) -> Document | None:
        """The document of this id, or None."""
        return self._now.document(id)

    def copy_of(self, id: str) -> str | None:
        """The document that this one has nearly the text of, and that is cited for both; None where it is no copy."""
        table = schema.documents.c
        return next((row[0] for row in self._now.held.values(select(table.copy_of).where(table.id == id))), None)

    def hashes(self) -> dict[str, str]:
        """The sha256 of each document, by id, in the order of ids."""
        table = schema.documents
        return {row["id"]: row["sha256"] for row in self._now.rows(select(table.c.id, table.c.sha256).order_by("id"))}

    def versions(self, document: str) -> tuple[Version, ...]:
        """The versions of a document, and of others that came from the same address, in the order of time."""
        known = [Version(**row) for row in self._now.rows(history.versions(document, None))]
        source = next((one.source for one in reversed(known) if one.source), None)
        return tuple(Version(**row) for row in self._now.rows(history.versions(document, source)))

    def withheld(self) -> frozenset[str]:
        """The ids of documents that were taken out by hand."""
        return frozenset(row["document"] for row in self._now.rows(select(schema.withheld)))

    def sentences(self, document: str | None = None) -> tuple[Sentence, ...]:
        """The sentences of a document, or of all, in order."""
        names = self.hashes() if document is None else (document,)
        return tuple(sentence for name in names for sentence in self._now.sentences_in(name))

    def sentence(self, key: Key) -> Sentence | None:
        """The sentence of this key, or None."""
        row = self._now.sentences_in(key[0])
        return row[key[1]] if 0 <= key[1] < len(row) else None

    def sentences_of(self, keys: Iterable[Key]) -> tuple[Sentence, ...]:
        """The sentences of these keys, in their order; keys of none are passed over."""
        wanted = list(keys)
        self._now.sentences_in.of({document for document, _ in wanted})
        return tuple(sentence for sentence in map(self.sentence, wanted) if sentence is not None)

    def read_ahead(self, documents: Collection[str]) -> None:
        """Reads documents and their sentences at once, for questions that come soon."""
        self._now.sentences_in.of(documents)
        self._now.document.of(documents)

    def tells(self, key: Key) -> bool:
        """Whether there is such a sentence, and it does not only repeat another (see `echoes`)."""
        table = schema.sentences.c
        statement = select(table.row).where(table.document == key[0], table.index == key[1])
        return bool(self._now.held.values(statement.where(table.echo_document.is_(None))))

    def echoes(self, key: Key) -> tuple[Document, ...]:
        """The other documents in which this sentence stands as well, because they have nearly the same text.

        There it is no evidence: no search finds it, and it has no mentions and facts.
        """
        table = schema.sentences.c
        statement = select(table.document).where(table.echo_document == key[0], table.echo_index == key[1])
        rows = self._now.rows(statement.distinct().order_by(table.document))
        return tuple(filter(None, (self.document(row["document"]) for row in rows)))

    def neighbours(self, key: Key, before: int = 1, after: int = 1) -> tuple[Sentence, ...]:
        """The sentences around a sentence in its document, itself left out, in order."""
        row = self._now.sentences_in(key[0])
        return row[max(0, key[1] - before) : key[1]] + row[key[1] + 1 : key[1] + 1 + after]

    def search(
        self, terms: Sequence[str], limit: int = 50, documents: Sequence[str] | None = None
    ) -> list[tuple[Key, float]]:
        """Sentences with at least one of the terms, by BM25; higher is better, equal scores come in the order of keys.

        A term of several words is a phrase. Inflections match. Nothing in a term is an operator. In a large store the
        rarest terms are taken, as long as few sentences have them, and at least one; in some of its documents, as long
        as not very many have them.
        """
        if self.is_large:
            terms = self._telling(terms, _RANKED, 1) if documents is None else self._telling(terms, _COUNTED, 0)
        return self._now.search(terms, limit, documents)

    @property
    def is_large(self) -> bool:
        """Whether a search does not look at all sentences."""
        return self._now.is_large

    def _telling(self, terms: Sequence[str], most: int, least: int) -> Sequence[str]:
        found = {term: self.frequency(term) for term in terms}
        rarest = sorted((term for term in found if found[term]), key=lambda term: found[term])
        totals = accumulate(found[term] for term in rarest)
        return [term for term, total in zip(rarest, totals) if total <= most] or rarest[:least]

    def frequency(self, word: str) -> int:
        """The number of sentences with this word or phrase, inflected or not, in text, heading or context."""
        return self._now.frequency(word)

    def near(self, vector: NDArray[np.float32]) -> Nearness:
        """How near sentences come to a vector of shape (384,) and length 1."""
        return self._now.nearest.near(vector)

    def vectors(self) -> tuple[tuple[Key, ...], Vectors]:
        """All keys, and the vectors of their sentences: float32, (n, 384); read anew each time.

        A sentence that only repeats another (see `echoes`) has zeros.
        """
        return everything(self._now.held)

    def entities(self, type: str | None = None) -> tuple[Entity, ...]:
        """All entities, or those of one type, in the order of ids."""
        table = schema.entities.c
        return self._now.held.entities(*(() if type is None else (table.type == type,)))

    def has(self, type: str) -> bool:
        """Whether there is an entity of a type."""
        table = schema.entities.c
        return bool(self._now.held.values(select(table.id).where(table.type == type).limit(1)))

    def entity(self, id: str) -> Entity | None:
        """The entity of this id, or None."""
        return self._now.entity(id)

    def forms(
        self,
        form: Collection[str] | None = None,
        joined: Collection[str] | None = None,
        initials: Collection[str] | None = None,
    ) -> tuple[StoredForm, ...]:
        """The forms that are one of those given, are so when joined, or have such initials; by entity, in its order."""
        table = schema.forms.c
        given = ((table.form, form), (table.joined, joined), (table.initials, initials))
        return self._forms(*(column.in_(each(values)) for column, values in given if values is not None))

    def forms_like(self, words: int, shortest: int, longest: int) -> tuple[StoredForm, ...]:
        """The forms of so many words, with as many letters and blanks as lie between."""
        table = schema.forms.c
        return self._forms(table.words == words, table.length.between(shortest, longest))

    def _forms(self, *conditions: Any) -> tuple[StoredForm, ...]:
        table = schema.forms.c
        statement = select(table.form, table.kind, table.entity).where(*conditions).order_by(table.entity, table.row)
        return tuple(StoredForm(*row) for row in self._now.held.values(statement))

    @property
    def form_count(self) -> int:
        """The number of forms of all entities."""
        return self._now.form_count

    def mentioned(self, entity: str) -> int:
        """The number of sentences that mention an entity."""
        return self._now.mentioned(entity)

    def most_mentioned(self, *types: str, ids: Collection[str] | None = None) -> tuple[Ranked, ...]:
        """The entities of these types, or with these ids: those that most sentences mention first, then by id."""
        mentions, entities = schema.mentions.c, schema.entities.c
        keys = select(mentions.entity, mentions.document, mentions.sentence).distinct()
        keys = keys.join(schema.entities, entities.id == mentions.entity)
        condition = entities.type.in_(types) if ids is None else entities.id.in_(each(ids))
        found = keys.where(condition).subquery()
        statement = select(entities.id, entities.name, func.count(found.c.entity).label("number"))
        statement = statement.outerjoin(found, found.c.entity == entities.id).where(condition).group_by(entities.id)
        return tuple(
            Ranked(*row) for row in self._now.held.values(statement.order_by(text("number DESC"), entities.id))
        )

    def with_word(self, word: str) -> tuple[str, ...]:
        """The ids of entities that have a word in their id, in order."""
        table = schema.entities.c
        rows = self._now.held.values(
            select(table.id).where(table.id.contains(word, autoescape=True)).order_by(table.id)
        )
        return tuple(row[0] for row in rows if word in row[0].split("-"))

    def speakers(self) -> tuple[str, ...]:
        """Everybody whose words the store has, by name, in order."""
        table = schema.sentences.c
        names = select(table.speaker).where(table.speaker.is_not(None)).distinct().order_by(table.speaker)
        return tuple(row[0] for row in self._now.held.values(names))

    def called(self, names: Collection[str], type: str, limit: int | None = None) -> tuple[Entity, ...]:
        """The entities of a type with one of these names, in the order of ids."""
        entities, aliases = schema.entities.c, schema.aliases.c
        wanted = table_of(names)
        statement = select(entities.id).join(schema.aliases, aliases.entity == entities.id)
        statement = statement.join(wanted, wanted.c.value == aliases.alias).where(entities.type == type)
        rows = self._now.held.values(statement.distinct().order_by(entities.id).limit(limit))
        return tuple(filter(None, (self.entity(row[0]) for row in rows)))

    def named_like(self, forms: Collection[str]) -> tuple[tuple[str, str], ...]:
        """The names of entities but sectors that have one of these forms: pairs of an entity's id and a name."""
        aliases, entities, table = schema.aliases.c, schema.entities.c, schema.forms.c
        found = select(table.entity).where(table.form.in_(each(forms)), table.kind == "name")
        statement = select(aliases.entity, aliases.alias).join(schema.entities, entities.id == aliases.entity)
        rows = self._now.held.values(statement.where(aliases.entity.in_(found), entities.type != "sector"))
        return tuple((id, name) for id, name in rows)

    def fact_count(self, predicate: str) -> int:
        """The number of facts with a predicate."""
        table = schema.facts
        statement = select(func.count()).select_from(table).where(table.c.predicate == predicate)
        return int(self._now.held.values(statement)[0][0])

    def words(self) -> dict[str, int]:
        """The plain words of all sentences, with how often each stands there; read anew each time."""
        table = schema.vocabulary.c
        rows = self._now.held.values(select(table.word, table.count))
        return {row[0]: row[1] for row in rows}

    def aliases(self) -> tuple[tuple[str, str, str], ...]:
        """Every name of every entity: (alias, entity id, entity type)."""
        return tuple((alias, e.id, e.type) for e in self.entities() for alias in e.aliases)

    def mentions(
        self,
        keys: Collection[Key] | None = None,
        entity: str | None = None,
        type: str | None = None,
    ) -> tuple[Mention, ...]:
        """The mentions in these sentences, of this entity, of this type, in the order of the text."""
        table = schema.mentions
        statement = _matching(table, keys, {"entity": entity, "type": type})
        statement = statement.order_by(table.c.document, table.c.start, table.c.row)
        return tuple(Mention(*row) for row in self._now.held.values(statement))

    def named_in(self, documents: Collection[str], opening: int, entity: str | None = None) -> tuple[Named, ...]:
        """How often each entity but sectors, or this one, is mentioned in documents; in any order."""
        table = schema.mentions.c
        initial, opens = func.substr(table.text, 1, 1), func.sum(case((table.sentence < opening, 1), else_=0))
        which = (table.document, table.entity, table.type, initial)
        statement = select(*which, func.count(), opens, func.min(table.sentence)).group_by(*which)
        every = (table.entity.is_not(None), table.type != "sector")
        wanted = (table.document.in_(each(documents)), *(every if entity is None else (table.entity == entity,)))
        return tuple(Named(*row) for row in self._now.held.values(statement.where(*wanted)))

    def keys_mentioning(self, entity: str, limit: int | None = None) -> tuple[Key, ...]:
        """The sentences that mention an entity, in order; the first ones where a limit is given."""
        table = schema.mentions.c
        statement = select(table.document, table.sentence).where(table.entity == entity).distinct()
        rows = self._now.held.values(statement.order_by(table.document, table.sentence).limit(limit))
        return tuple((document, index) for document, index in rows)

    def keys_spoken(self, person: Entity, limit: int | None = None) -> tuple[Key, ...]:
        """The sentences in a person's words, in order; the first ones with a limit.

        Of documents that mention the person: others have somebody else by that name.
        """
        table, mentions = schema.sentences.c, schema.mentions.c
        naming = select(mentions.document).where(mentions.entity == person.id)
        statement = select(table.document, table.index).where(table.speaker.in_(each(person.aliases)))
        statement = statement.where(table.document.in_(naming))
        statement = statement.where(table.echo_document.is_(None)).order_by(table.document, table.index)
        return tuple((document, index) for document, index in self._now.held.values(statement.limit(limit)))

    def facts(
        self,
        document: str | None = None,
        keys: Collection[Key] | None = None,
        entity: str | None = None,
        predicate: str | None = None,
        modality: str | None = None,
        speaker: str | None = None,
    ) -> tuple[Fact, ...]:
        """The facts that match all that is given, in the order of the text; `entity` may be subject or object."""
        table = schema.facts
        given = {"document": document, "predicate": predicate, "modality": modality, "speaker": speaker}
        statement = _matching(table, keys, given)
        if entity is not None:
            statement = statement.where(or_(table.c.subject_entity == entity, table.c.object_entity == entity))
        statement = statement.order_by(table.c.document, table.c.sentence, table.c.row)
        return tuple(Fact(*row) for row in self._now.held.values(statement))


def _matching(table: Table, keys: Collection[Key] | None, given: dict[str, Any]) -> Select:
    statement = select(*schema.columns(table))
    if keys is not None:
        wanted = among(keys)
        same = (table.c.document == wanted.c.document) & (table.c.sentence == wanted.c.index)
        statement = statement.join(wanted, same)
    return statement.where(*(table.c[name] == value for name, value in given.items() if value is not None))
