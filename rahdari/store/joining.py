"""Which entities of documents are one, kept as documents come and go: only what a change is tied to is merged anew."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Connection

from rahdari.extraction import Merged, Named, forms, merge, named, ties
from rahdari.records import Entity, Extraction
from rahdari.store import schema
from rahdari.store.keys import parts

_S, _T, _N, _J = schema.spellings.c, schema.ties.c, schema.named.c, schema.joined.c


Joined = dict[str, tuple[str, str]]
"""What became of entities of documents: the id and the type over all documents, by the id that a document has."""


def enter(connection: Connection, found: Sequence[tuple[str, Extraction]]) -> tuple[set[int], Joined]:
    """Notes how documents, by their ids, name their entities.

    Returns:
        The ids of these spellings, and what their entities are joined to for now: each new one to nothing else.
    """
    given = [
        (document, {_spelling(one.entity): one for one in named(document, extraction)})
        for document, extraction in found
    ]
    spelt = {spelling: one.entity for _, names in given for spelling, one in names.items()}
    columns = select(_S.id, _S.own, _S.name, _S.type, _S.aliases)
    owns = list(dict.fromkeys(entity.id for entity in spelt.values()))
    rows = (row for part in parts(owns) for row in connection.execute(columns.where(_S.own.in_(part))))
    ids = {spelling: row[0] for row in rows if (spelling := tuple(row[1:])) in spelt}
    free = 1 + (connection.execute(select(func.max(_S.id))).scalar() or 0)
    fresh = {spelling: free + place for place, spelling in enumerate(one for one in spelt if one not in ids)}
    tied = {id: ties(spelt[spelling]) for spelling, id in fresh.items()}
    of = ("own", "name", "type", "aliases")
    new = ({"id": id, "key": tied[id][0], **dict(zip(of, spelling))} for spelling, id in fresh.items())
    schema.fill(connection, schema.spellings, new)
    taken = ({"spelling": id, "key": key} for id, (_, keys) in tied.items() for key in sorted(keys))
    schema.fill(connection, schema.ties, taken)
    ids.update(fresh)
    counted = (
        {"document": document, "spelling": ids[spelling], "mentions": one.mentions}
        for document, names in given
        for spelling, one in names.items()
    )
    schema.fill(connection, schema.named, counted)
    joined = _joined(connection, owns)
    alone = {entity.id: (entity.id, entity.type) for entity in spelt.values() if entity.id not in joined}
    schema.fill(connection, schema.joined, _rows_of(alone))
    return set(ids.values()), {**joined, **alone}


def leave(connection: Connection, document: str) -> set[int]:
    """Forgets how a document names its entities; the ids of these spellings."""
    left = set(connection.execute(select(_N.spelling).where(_N.document == document)).scalars())
    connection.execute(delete(schema.named).where(_N.document == document))
    return left


def rejoin(connection: Connection, touched: Collection[int]) -> None:
    """Merges anew all that is tied to these spellings, and lets the mentions and facts that are there follow."""
    reached = sorted(_tied(connection, touched))
    spelt = _spelt(connection, reached)
    merged = merge(_named(connection, spelt))
    owns = sorted({entity.id for entity in spelt.values()})
    _follow(connection, owns, merged)
    _replace_entities(connection, owns, merged)
    _forget_unused(connection, reached)


def misjoined(connection: Connection) -> Iterator[str]:
    """What is not joined as the documents that are there demand, a line each."""
    merged = merge(_named(connection, _spelt(connection, list(connection.execute(select(_S.id)).scalars()))))
    wanted = {own: (id, merged.entities[id].type) for own, id in merged.ids.items()}
    found = {row.own: (row.entity, row.type) for row in connection.execute(select(schema.joined))}
    for own in sorted(wanted.keys() | found.keys()):
        if wanted.get(own) != found.get(own):
            yield f"the entity {own} is joined as {found.get(own)}, not as {wanted.get(own)}; ingest anew"
    stored = _stored(connection, sorted(merged.entities))
    for id, entity in merged.entities.items():
        if stored.get(id) != entity:
            yield f"the entity {id} has not the names that the documents give it"
    yield from _misformed(connection, merged)


def _misformed(connection: Connection, merged: Merged) -> Iterator[str]:
    columns = [column for column in schema.forms.columns if column.name != "row"]
    found = Counter(tuple(row) for row in connection.execute(select(*columns)))
    names = [column.name for column in columns]
    wanted = Counter(
        tuple(row[name] for name in names) for entity in merged.entities.values() for row in form_rows(entity)
    )
    for several, what in ((wanted - found, "lacks the form"), (found - wanted, "has a form that is none of its own:")):
        for row in map(dict, (zip(names, values) for values in sorted(several, key=repr))):
            yield f"the entity {row['entity']} {what} {row['form']!r}"


def _tied(connection: Connection, touched: Collection[int]) -> set[int]:
    """The spellings that these are tied to by any number of steps, themselves among them."""
    total = connection.execute(select(func.count()).select_from(schema.spellings)).scalar_one()
    if 2 * len(touched) > total:
        return set(connection.execute(select(_S.id)).scalars())
    reached, latest = set(touched), set(touched)
    while latest:
        found = {id for part in parts(sorted(latest)) for id in _neighbours(connection, part)}
        latest = found - reached
        reached |= latest
    return reached


def _neighbours(connection: Connection, part: Sequence[int]) -> Iterator[int]:
    """The spellings of the same entities, those whose names these may take in, and those that may take in theirs."""
    other = schema.spellings.alias("other").c
    for step in (
        select(other.id).where(other.own == _S.own, _S.id.in_(part)),
        select(_S.id).where(_S.key == _T.key, _T.spelling.in_(part)),
        select(_T.spelling).where(_T.key == _S.key, _S.id.in_(part)),
    ):
        yield from connection.execute(step).scalars()


def _spelt(connection: Connection, ids: Sequence[int]) -> dict[int, Entity]:
    return {
        row.id: Entity(row.own, row.name, row.type, tuple(json.loads(row.aliases)))
        for part in parts(ids)
        for row in connection.execute(select(schema.spellings).where(_S.id.in_(part)))
    }


def _named(connection: Connection, spelt: Mapping[int, Entity]) -> Iterator[Named]:
    counts = select(_N.spelling, func.min(_N.document), func.max(_N.document), func.sum(_N.mentions))
    for part in parts(sorted(spelt)):
        for id, *where in connection.execute(counts.where(_N.spelling.in_(part)).group_by(_N.spelling)):
            yield Named(spelt[id], *where)


def _joined(connection: Connection, owns: Sequence[str]) -> Joined:
    rows = (row for part in parts(owns) for row in connection.execute(select(schema.joined).where(_J.own.in_(part))))
    return {row.own: (row.entity, row.type) for row in rows}


def _rows_of(joined: Mapping[str, tuple[str, str]]) -> Iterator[dict[str, str]]:
    return ({"own": own, "entity": entity, "type": type} for own, (entity, type) in joined.items())


def _stored(connection: Connection, ids: Sequence[str]) -> dict[str, Entity]:
    entities, aliases = schema.entities, schema.aliases
    found: dict[str, Entity] = {}
    for part in parts(ids):
        names: dict[str, list[str]] = {}
        ordered = select(aliases).where(aliases.c.entity.in_(part)).order_by(aliases.c.entity, aliases.c.position)
        for row in connection.execute(ordered):
            names.setdefault(row.entity, []).append(row.alias)
        for row in connection.execute(select(entities).where(entities.c.id.in_(part))):
            found[row.id] = Entity(row.id, row.name, row.type, tuple(names.get(row.id, ())))
    return found


def _follow(connection: Connection, owns: Sequence[str], merged: Merged) -> None:
    """Writes what became of each entity, and changes the rows of those that became another than before."""
    before = _joined(connection, owns)
    now = {own: (id, merged.entities[id].type) for own, id in merged.ids.items()}
    changed = [own for own in owns if now.get(own) != before.get(own)]
    for part in parts(changed):
        connection.execute(delete(schema.joined).where(_J.own.in_(part)))
    values = list(_rows_of({own: now[own] for own in changed if own in now}))
    schema.fill(connection, schema.joined, values)
    mentions, facts = schema.mentions, schema.facts
    for row in values:
        to = {"entity": row["entity"], "type": row["type"]}
        connection.execute(update(mentions).where(mentions.c.own == row["own"]).values(to))
        for own, entity in ((facts.c.own_subject, "subject_entity"), (facts.c.own_object, "object_entity")):
            connection.execute(update(facts).where(own == row["own"]).values({entity: row["entity"]}))


def _replace_entities(connection: Connection, owns: Sequence[str], merged: Merged) -> None:
    entities, aliases = schema.entities, schema.aliases
    before = _stored(connection, owns)
    stale = sorted(id for id, entity in before.items() if merged.entities.get(id) != entity)
    for part in parts(stale):
        connection.execute(delete(aliases).where(aliases.c.entity.in_(part)))
        connection.execute(delete(schema.forms).where(schema.forms.c.entity.in_(part)))
        connection.execute(delete(entities).where(entities.c.id.in_(part)))
    fresh = [entity for id, entity in merged.entities.items() if before.get(id) != entity]
    schema.fill(connection, entities, ({"id": one.id, "name": one.name, "type": one.type} for one in fresh))
    schema.fill(
        connection,
        aliases,
        (
            {"entity": one.id, "position": place, "alias": alias}
            for one in fresh
            for place, alias in enumerate(one.aliases)
        ),
    )
    schema.fill(connection, schema.forms, (row for one in fresh for row in form_rows(one)))


def form_rows(entity: Entity) -> Iterator[dict[str, Any]]:
    """The rows of `forms` for an entity."""
    for form in forms(entity):
        yield {"entity": entity.id, **vars(form), "words": form.words, "length": len(form.form)}


def _forget_unused(connection: Connection, reached: Sequence[int]) -> None:
    for part in parts(reached):
        used = set(connection.execute(select(_N.spelling).where(_N.spelling.in_(part)).distinct()).scalars())
        unused = [id for id in part if id not in used]
        connection.execute(delete(schema.ties).where(_T.spelling.in_(unused)))
        connection.execute(delete(schema.spellings).where(_S.id.in_(unused)))


def _spelling(entity: Entity) -> tuple[str, str, str, str]:
    return entity.id, entity.name, entity.type, json.dumps(entity.aliases, ensure_ascii=False)
