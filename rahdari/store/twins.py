"""Documents with nearly the same text, such as one agency's report at two publishers, told as one piece of evidence.

Candidates are found by MinHash over shingles of words (Broder 1997, "On the resemblance and containment of documents"),
in bands (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4), and held against each other by the share of
shingles that both have. Of those that hang together the first by date, then by id, is the one that is cited; sentences
of the others that stand in it word for word are its echoes. Every other sentence remains evidence of its own: where
two publishers give another figure, that is no repetition.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.engine import Connection

from rahdari.records import Document
from rahdari.store import fulltext, schema
from rahdari.store.codec import unpack_extraction
from rahdari.store.keys import parts

ALIKE = 0.6  # of the shingles of both together, those that both have
_SHINGLE = 4  # words
_FEWEST = 30  # shingles: shorter texts are alike by chance
_BANDS, _ROWS = 16, 4  # finds 89 % of pairs that are 0.6 alike, 99 % of those that are 0.7
_LIKELY = 29  # of 64 least hashes that end in one byte: 1 in 800 of the pairs found that are 0.6 alike has fewer
_UNDATED = "9999"
_SENTENCES = 4000  # of copies in memory, beside those of what they are copies of
_AT_ONCE = 2048  # shingles in memory with 64 hashes each
_WORD = re.compile(r"\w+")
_DATELINE = re.compile(r"\W*[A-Z][A-Z'. -]+\b[^.:!?]{0,40}?(?:\(\w+\))?\s*[:–—-]+\s+")

_D, _S, _B, _T = schema.documents.c, schema.sentences.c, schema.bands.c, schema.twins.c


class Entering:
    """Takes documents in, some at a time, and finds those of the store and of themselves that have nearly one text."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sketches: dict[str, NDArray[np.uint8]] = {}  # of those that were looked at

    def enter(self, documents: Sequence[Document]) -> None:
        """Notes these documents, and which have nearly the text of which other."""
        connection = self._connection
        shingles = {one.id: found for one in documents if len(found := _shingles(one.text)) >= _FEWEST}
        least = {id: _least(found) for id, found in shingles.items()}
        self._sketches.update((id, numbers.astype(np.uint8)) for id, numbers in least.items())
        bands = {id: _bands(numbers) for id, numbers in least.items()}
        holders: dict[tuple[int, int], list[str]] = {}
        for part in parts([hash for hashes in bands.values() for hash in hashes]):
            for id, band, hash in connection.execute(select(_B.document, _B.band, _B.hash).where(_B.hash.in_(part))):
                holders.setdefault((band, hash), []).append(id)
        pairs: dict[tuple[str, str], None] = {}
        for id, hashes in bands.items():
            for place in enumerate(hashes):
                pairs.update(dict.fromkeys((other, id) for other in holders.setdefault(place, [])))
                holders[place].append(id)
        for part in parts(sorted({one for one, _ in pairs} - self._sketches.keys())):
            texts = connection.execute(select(_D.id, _D.text).where(_D.id.in_(part)))
            self._sketches.update((id, _least(_shingles(text)).astype(np.uint8)) for id, text in texts)
        likely = [pair for pair in pairs if self._likely(*pair)]
        for part in parts(sorted({one for one, _ in likely} - shingles.keys())):
            texts = connection.execute(select(_D.id, _D.text).where(_D.id.in_(part)))
            shingles.update((id, _shingles(text)) for id, text in texts)
        alike = [(one, other) for one, other in likely if _alike(shingles[one], shingles[other])]
        rows = (
            {"document": id, "band": band, "hash": hash}
            for id, hashes in bands.items()
            for band, hash in enumerate(hashes)
        )
        schema.fill(connection, schema.bands, rows)
        both = ((one, two) for pair in alike for one, two in (pair, pair[::-1]))
        schema.fill(connection, schema.twins, ({"document": one, "other": two} for one, two in both))

    def _likely(self, one: str, other: str) -> bool:
        return bool(np.count_nonzero(self._sketches[one] == self._sketches[other]) >= _LIKELY)


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def leave(connection: Connection, id: str) -> set[str]:
    """Forgets what was noted of a document; the ids of those that had nearly its text."""
    left = set(connection.execute(select(_T.other).where(_T.document == id)).scalars())
    connection.execute(delete(schema.twins).where(or_(_T.document == id, _T.other == id)))
    connection.execute(delete(schema.bands).where(_B.document == id))
    return left


def settle(connection: Connection, touched: Collection[str]) -> None:
    """Decides anew, for these documents and all that hang together with them, which is cited and what echoes it."""
    groups = list(_groups(connection, _with_others(connection, sorted(touched))))
    columns = select(_D.id, _D.published, _D.copy_of)
    ids = sorted(id for group in groups for id in group)
    rows = {row.id: row for part in parts(ids) for row in connection.execute(columns.where(_D.id.in_(part)))}
    copies: dict[str, str | None] = {}  # those whose text may stand in another, and in which
    for group in groups:
        first, *others = sorted((rows[id] for id in group), key=lambda row: (row.published or _UNDATED, row.id))
        copies.update((row.id, first.id) for row in others)
        if first.copy_of:
            copies[first.id] = None
    for several in _several(connection, copies):
        _echo(connection, several)


def _several(connection: Connection, copies: Mapping[str, str | None]) -> Iterator[dict[str, str | None]]:
    """Copies, with what they are copies of, as many at a time as a statement and memory hold."""
    counts = select(_S.document, func.count()).group_by(_S.document)
    for part in parts(sorted(copies, key=lambda id: (copies[id] or "", id))):
        count = dict(connection.execute(counts.where(_S.document.in_(part))).all())
        several: dict[str, str | None] = {}
        sentences = 0
        for id in part:
            if several and sentences + count.get(id, 0) > _SENTENCES:
                yield several
                several, sentences = {}, 0
            several[id] = copies[id]
            sentences += count.get(id, 0)
        yield several


def _with_others(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of these documents that are copies, or have others with nearly their text."""
    found: set[str] = set()
    for part in parts(ids):
        found.update(connection.execute(select(_T.document).where(_T.document.in_(part)).distinct()).scalars())
        found.update(connection.execute(select(_D.id).where(_D.id.in_(part), _D.copy_of.is_not(None))).scalars())
    return found


def _groups(connection: Connection, ids: Collection[str]) -> Iterator[Collection[str]]:
    """These documents and all that hang together with them, those together that do."""
    others: dict[str, list[str]] = {}
    latest = set(ids)
    while latest:
        others.update((id, []) for id in latest)
        for part in parts(sorted(latest)):
            for id, other in connection.execute(select(_T.document, _T.other).where(_T.document.in_(part))):
                others[id].append(other)
        latest = {other for id in latest for other in others[id]} - others.keys()
    while others:
        group: set[str] = set()
        reached = {next(iter(others))}
        while reached:
            group |= reached
            reached = {other for id in reached for other in others.pop(id)} - group
        yield group


def _echo(connection: Connection, copies: Mapping[str, str | None]) -> None:
    """Makes documents copies of others, or of none: their echoes go out of what is found, other sentences come in."""
    copied = update(schema.documents).where(_D.id == bindparam("of")).values(copy_of=bindparam("to"))
    connection.execute(copied, [{"of": id, "to": first} for id, first in copies.items()])
    places: dict[str, dict[str, int]] = {}
    for part in parts(sorted({first for first in copies.values() if first is not None})):
        texts = select(_S.document, _S.index, _S.text).where(_S.document.in_(part)).order_by(_S.index.desc())
        for row in connection.execute(texts):
            places.setdefault(row.document, {}).update((form, row.index) for form in _forms(row.text))
    columns = (_S.row, _S.document, _S.index, _S.text, func.coalesce(_S.heading, "").label("heading"), _S.context)
    sentences = select(*columns, _S.echo_document, _S.echo_index).where(_S.document.in_(list(copies)))
    quiet, loud, echoes = [], [], []
    for row in connection.execute(sentences.order_by(_S.document, _S.index)).all():
        first = copies[row.document]
        here = places.get(first or "", {})
        place = next((here[form] for form in _forms(row.text) if form in here), None)
        if (row.echo_document, row.echo_index) != ((first, place) if place is not None else (None, None)):
            echoes.append((row.row, first if place is not None else None, place))
        if place is not None and row.echo_document is None:
            quiet.append(row)
        elif place is None and row.echo_document is not None:
            loud.append(row)
    if echoes:
        where = update(schema.sentences).where(_S.row == bindparam("of"))
        to = where.values(echo_document=bindparam("to"), echo_index=bindparam("at"))
        connection.execute(to, [{"of": row, "to": document, "at": place} for row, document, place in echoes])
    index = fulltext.of(connection)
    index.remove(connection, ((row.row, row.text, row.heading, row.context) for row in quiet))
    index.add(connection, ((row.row, row.text, row.heading, row.context) for row in loud))
    for table in (schema.mentions, schema.facts) if quiet else ():
        gone = delete(table).where(table.c.document == bindparam("in"), table.c.sentence == bindparam("of"))
        connection.execute(gone, [{"in": row.document, "of": row.index} for row in quiet])
    back: dict[str, set[int]] = {}
    for row in loud:
        back.setdefault(row.document, set()).add(row.index)
    for id, indexes in back.items():
        _bring_back(connection, id, indexes)


def _bring_back(connection: Connection, id: str, indexes: Collection[int]) -> None:
    blob = connection.execute(select(_D.extraction).where(_D.id == id)).scalar_one()
    extraction = unpack_extraction(blob)
    owns = [entity.id for entity in extraction.entities]
    joined = connection.execute(select(schema.joined).where(schema.joined.c.own.in_(owns)))
    rows = schema.linked_rows(extraction, {row.own: (row.entity, row.type) for row in joined})
    for table, found in zip((schema.mentions, schema.facts), rows):
        schema.fill(connection, table, (row for row in found if row["sentence"] in indexes))


def _forms(text: str) -> Iterable[str]:
    """What a sentence is compared by: its words, and those behind a dateline."""
    plain = _plain(text)
    behind = _DATELINE.sub("", text, count=1)
    return (plain,) if behind == text else (plain, _plain(behind))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _shingles(text: str) -> set[str]:
    words = _WORD.findall(text.casefold())
    return {" ".join(words[place : place + _SHINGLE]) for place in range(len(words) - _SHINGLE + 1)}


def _least(shingles: Collection[str]) -> NDArray[np.uint64]:
    """The least of each of 64 hashes over the shingles. Shape: 64."""
    hashes = np.array([_hash(shingle) for shingle in shingles], dtype=np.uint64)
    factors, shifts = _permutations()
    some = (hashes[first : first + _AT_ONCE, np.newaxis] for first in range(0, len(hashes), _AT_ONCE))
    least: NDArray[np.uint64] = np.min([(part * factors + shifts).min(axis=0) for part in some], axis=0)
    return least


def _bands(least: NDArray[np.uint64]) -> list[int]:
    """A number of 63 bits for each band, of four of the least hashes."""
    numbers = least.tolist()
    return [_hash(repr(numbers[first : first + _ROWS])) >> 1 for first in range(0, len(numbers), _ROWS)]


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    numbers = range(_BANDS * _ROWS)
    factors, shifts = ([_hash(f"factor {n}") | 1 for n in numbers], [_hash(f"shift {n}") for n in numbers])
    return np.array(factors, np.uint64), np.array(shifts, np.uint64)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
