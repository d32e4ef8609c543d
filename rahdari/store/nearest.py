"""The sentences whose vectors come nearest to another.

A small store is searched whole. Of a larger one each vector's signs are held in memory, 48 bytes a sentence, and those
of passages, which are some sentences of a document one after the other. In the passages whose signs differ in the
fewest places the sentences whose signs do are the candidates. Of these the vectors are read and compared whose signs
agree with the asked one where its numbers are large.
Chosen by measurement: docs/decisions/nearest.md.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import or_, select

from rahdari.store import schema
from rahdari.store.codec import DIMENSIONS, VECTOR, Vectors, unpack_vectors
from rahdari.store.keys import Key, among, each, parts, table_of_rows

if TYPE_CHECKING:
    from rahdari.store.held import Held

SEARCHED_WHOLE = 8192  # sentences: so many vectors are held, 12 MB, and take a millisecond
_NEAR_PASSAGES = 4096
_CANDIDATES = 2048
_READ = 256
_PASSAGE = 16  # sentences
_BYTES = DIMENSIONS // 8
_AT_ONCE = 4096  # passages in one query
_DOCUMENTS = 16  # whose vectors are in memory at once, where all are looked at
_DIGITS = 5  # the same vectors multiplied in another place differ behind these

_S, _P = schema.sentences.c, schema.passages.c


def signs(vectors: Vectors) -> NDArray[np.uint8]:
    """Which numbers of each vector are positive: shape (n, 384) to (n, 48)."""
    return np.packbits(vectors > 0, axis=1)


def passages(document: str, first: int, vectors: Vectors) -> Iterator[dict[str, Any]]:
    """The rows of a document's passages.

    Args:
        first: the row number of its first sentence; those of the others follow.
        vectors: of its sentences, in order, as `unpack_vectors` gives them.
    """
    for place in range(0, len(vectors), _PASSAGE):
        part = vectors[place : place + _PASSAGE]
        together, of_each = signs(part.sum(axis=0, keepdims=True)).tobytes(), signs(part).tobytes()
        yield {"row": first + place, "document": document, "together": together, "signs": of_each}


LookUp = Callable[[Collection[Key]], "Iterable[tuple[Key, float]]"]


class Nearness:
    """How near sentences come to one vector."""

    def __init__(self, found: Sequence[tuple[Key, float]], look_up: LookUp) -> None:
        self._look_up = look_up
        self._cosines = dict(found)
        self._ordered = tuple(self._cosines)

    def best(self, limit: int) -> tuple[Key, ...]:
        """The keys of the nearest, at most 256, the nearest first; equally near ones in the order of keys."""
        return self._ordered[:limit]

    def cosines(self, keys: Collection[Key]) -> dict[Key, float]:
        """The cosine of each of these sentences: 0 for one that only repeats another; those that are none left out."""
        missing = [key for key in keys if key not in self._cosines]
        if missing:
            self._cosines.update(self._look_up(missing))
        return {key: self._cosines[key] for key in keys if key in self._cosines}


class Whole:
    """Searches a small store."""

    def __init__(self, held: Held) -> None:
        self._keys, self._vectors = everything(held)
        self._places = {key: place for place, key in enumerate(self._keys)}

    def near(self, vector: NDArray[np.float32]) -> Nearness:
        """As Store.near."""
        cosines = np.round(self._vectors @ vector, _DIGITS)
        order = np.argsort(-cosines, kind="stable")[:_READ]
        return Nearness(
            [(self._keys[place], float(cosines[place])) for place in order],
            lambda keys: ((key, float(cosines[self._places[key]])) for key in keys if key in self._places),
        )


class Passages:
    """Searches a large store."""

    def __init__(self, held: Held) -> None:
        self._held = held
        together, of_each, firsts, sizes = _kept(held)
        before = np.cumsum(sizes) - sizes
        rows = np.arange(len(of_each), dtype=np.int32) + np.repeat((firsts - before).astype(np.int32), sizes)
        echoes = np.zeros(1 + rows.max(initial=0), bool)  # they are near to nothing, and would take others' places
        echoes[[row for (row,) in held.values(select(_S.row).where(_S.echo_document.is_not(None)))]] = True
        told = ~echoes[rows]
        sizes = np.bincount(np.repeat(np.arange(len(sizes)), sizes)[told], minlength=len(sizes))
        self._together, self._sizes = together[sizes > 0], sizes[sizes > 0]
        self._ends = np.cumsum(self._sizes)
        self._each, self._rows = of_each[told], rows[told]

    def near(self, vector: NDArray[np.float32]) -> Nearness:
        """As Store.near."""
        own = signs(vector[np.newaxis])
        places = self._sentences(_fewest_apart(own, self._together, _NEAR_PASSAGES))
        of_each = self._each.take(places, axis=0)
        likely = _fewest_apart(own, of_each, _CANDIDATES)
        agreeing = np.round(np.unpackbits(of_each[likely], axis=1).astype(np.float32) @ vector, _DIGITS)
        best = likely[np.argsort(-agreeing, kind="stable")[:_READ]]
        wanted, row = table_of_rows(np.sort(self._rows[places[best]]).tolist())  # in order, they lie closer together
        columns = select(_S.document, _S.index, _S.vector, _S.echo_document)
        keys, vectors = _read(self._held, columns.join(wanted, _S.row == row))
        return Nearness(
            sorted(_compared(vector, keys, vectors), key=_nearest_first),
            lambda missing: _compared(vector, *_read(self._held, _of_keys(missing))),
        )

    def _sentences(self, passages: NDArray[np.intp]) -> NDArray[np.intp]:
        """The places of the sentences of passages."""
        sizes, ends = self._sizes[passages], self._ends[passages]
        before = np.cumsum(sizes) - sizes
        places: NDArray[np.intp] = np.arange(int(sizes.sum())) + np.repeat(ends - sizes - before, sizes)
        return places


def _kept(held: Held) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """The signs of all passages and of all their sentences, the row of the first sentence of each, and how many it has.

    They come by document, so that what is found does not hang on which came first.
    """
    together, of_each = bytearray(), bytearray()
    rows: list[int] = []
    sizes: list[int] = []
    columns = select(_P.document, _P.row, _P.together, _P.signs).order_by(_P.document, _P.row).limit(_AT_ONCE)
    document, last = "", -1
    while found := held.values(columns.where(_P.document >= document, or_(_P.document > document, _P.row > last))):
        for _, row, of_all, of_some in found:
            together += of_all
            of_each += of_some
            rows.append(row)
            sizes.append(len(of_some) // _BYTES)
        document, last = found[-1][:2]
    return _unpacked(together), _unpacked(of_each), np.array(rows, np.int64), np.array(sizes, np.int64)


def _fewest_apart(own: NDArray[np.uint8], others: NDArray[np.uint8], number: int) -> NDArray[np.intp]:
    """The places of at least `number`, and at most twice as many, whose signs differ from a vector's least, in order.

    Args:
        own, others: signs of shapes (1, 48) and (n, 48); all of them where there are no more.
    """
    import simsimd

    if len(others) <= number:
        return np.arange(len(others))
    apart = np.asarray(simsimd.cdist(own, others, metric="hamming", dtype="bin8")).ravel().astype(np.uint16)
    limit = int(np.searchsorted(np.cumsum(np.bincount(apart)), number))  # so many places may differ
    found = np.flatnonzero(apart <= limit)
    nearest: NDArray[np.intp] = np.argsort(apart[found], kind="stable")[: 2 * number]
    return np.sort(found[nearest])


def everything(held: Held) -> tuple[tuple[Key, ...], Vectors]:
    """All keys, in order, and the vectors of their sentences."""
    statement = select(_S.document, _S.index, _S.vector, _S.echo_document).order_by(_S.document, _S.index)
    return _read(held, statement)


def missigned(held: Held) -> Iterator[str]:
    """Of which documents the signs are not those of the vectors, a line each."""
    ids = [id for (id,) in held.values(select(_S.document).union(select(_P.document)).order_by("document"))]
    for some in parts(ids, _DOCUMENTS):
        columns = select(_S.document, _S.row, _S.vector).where(_S.document.in_(each(some)))
        wanted: dict[str, list[tuple[int, bytes]]] = {id: [] for id in some}
        for id, row, vector in held.values(columns.order_by(_S.document, _S.index)):
            wanted[id].append((row, vector))
        kept: dict[str, list[Mapping[str, Any]]] = {id: [] for id in some}
        for one in held.rows(select(schema.passages).where(_P.document.in_(each(some))).order_by(_P.row)):
            kept[one["document"]].append(one)
        for id, rows in wanted.items():
            if any(len(vector) != VECTOR for _, vector in rows):
                continue  # which is told of elsewhere
            vectors = unpack_vectors(vector for _, vector in rows)
            first = rows[0][0] if rows else 0
            following = [row for row, _ in rows] == list(range(first, first + len(rows)))
            if not following or kept[id] != list(passages(id, first, vectors)):
                yield f"{id}: the signs that are kept are not those of its sentences' vectors"


def _nearest_first(found: tuple[Key, float]) -> tuple[float, Key]:
    return -found[1], found[0]


def _compared(vector: NDArray[np.float32], keys: Sequence[Key], vectors: Vectors) -> list[tuple[Key, float]]:
    return list(zip(keys, np.round(vectors @ vector, _DIGITS).tolist()))


def _of_keys(keys: Collection[Key]) -> Any:
    wanted = among(keys)
    columns = select(_S.document, _S.index, _S.vector, _S.echo_document)
    return columns.join(wanted, (_S.document == wanted.c.document) & (_S.index == wanted.c.index))


def _read(held: Held, statement: Any) -> tuple[tuple[Key, ...], Vectors]:
    """Keys and vectors of rows; those of echoes are zeros, which are near to nothing."""
    rows = held.values(statement)
    vectors = unpack_vectors(row[2] for row in rows)
    vectors[[row[3] is not None for row in rows]] = 0
    return tuple((row[0], row[1]) for row in rows), vectors


def _unpacked(packed: bytes | bytearray) -> NDArray[np.uint8]:
    return np.frombuffer(packed, np.uint8).reshape(-1, _BYTES)
