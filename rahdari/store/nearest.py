"""The sentences whose vectors come nearest to another.

A small store is searched whole. Of a larger one each vector's signs are held in memory, 48 bytes a sentence: those
whose signs differ in the fewest places are the candidates. Of these the vectors are read and compared whose signs agree
with the asked one where its numbers are large.
Chosen by measurement: docs/decisions/nearest.md.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from rahdari.store import schema
from rahdari.store.codec import Vectors, unpack_vectors
from rahdari.store.keys import Key, among, table_of_rows

if TYPE_CHECKING:
    from rahdari.store.held import Held

SEARCHED_WHOLE = 8192  # sentences: so many vectors are held, 12 MB, and take a millisecond
_CANDIDATES = 2048
_READ = 400
_BLOCK = 1024  # sentences whose signs are one row of the table
_BYTES = schema.DIMENSIONS // 8

_S, _C = schema.sentences.c, schema.signs.c


def signs(vectors: Vectors) -> NDArray[np.uint8]:
    """Which numbers of each vector are positive: shape (n, 384) to (n, 48)."""
    return np.packbits(vectors > 0, axis=1)


class SignWriter:
    """Takes signs in and out, by the row numbers of their sentences; `write` brings them into the store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blocks: dict[int, NDArray[np.uint8]] = {}

    def put(self, rows: Sequence[int], vectors: Vectors) -> None:
        """The vectors of these sentences, in their order."""
        for row, one in zip(rows, signs(vectors)):
            self._block(row)[row % _BLOCK] = one

    def clear(self, row: int) -> None:
        """This sentence is gone."""
        self._block(row)[row % _BLOCK] = 0

    def write(self) -> None:
        """Writes what was changed."""
        for number in sorted(self._blocks):
            self._connection.execute(schema.signs.delete().where(_C.block == number))
        rows = ({"block": number, "signs": block.tobytes()} for number, block in sorted(self._blocks.items()))
        schema.fill(self._connection, schema.signs, rows)
        self._blocks.clear()

    def _block(self, row: int) -> NDArray[np.uint8]:
        number = row // _BLOCK
        if number not in self._blocks:
            found = self._connection.execute(select(_C.signs).where(_C.block == number)).scalar()
            self._blocks[number] = _unpacked(found or bytes(_BLOCK * _BYTES)).copy()
        return self._blocks[number]


LookUp = Callable[[Collection[Key]], "Iterable[tuple[Key, float]]"]


class Nearness:
    """How near sentences come to one vector."""

    def __init__(self, found: Sequence[tuple[Key, float]], look_up: LookUp) -> None:
        self._look_up = look_up
        self._cosines = dict(found)
        self._ordered = tuple(self._cosines)

    def best(self, limit: int) -> tuple[Key, ...]:
        """The keys of the nearest, at most 400, the nearest first; equally near ones in the order of keys."""
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
        cosines = self._vectors @ vector
        order = np.argsort(-cosines, kind="stable")[:_READ]
        return Nearness(
            [(self._keys[place], float(cosines[place])) for place in order],
            lambda keys: ((key, float(cosines[self._places[key]])) for key in keys if key in self._places),
        )


class Signs:
    """Searches a large store."""

    def __init__(self, held: Held) -> None:
        self._held = held
        blocks = held.values(select(_C.block, _C.signs).order_by(_C.block))
        self._signs = np.zeros((_BLOCK * (1 + max((number for number, _ in blocks), default=-1)), _BYTES), np.uint8)
        for number, block in blocks:
            self._signs[number * _BLOCK : (number + 1) * _BLOCK] = _unpacked(block)

    def near(self, vector: NDArray[np.float32]) -> Nearness:
        """As Store.near."""
        import simsimd

        own = signs(vector[np.newaxis])
        apart = np.asarray(simsimd.cdist(own, self._signs, metric="hamming", dtype="bin8")).ravel().astype(np.uint16)
        limit = int(np.searchsorted(np.cumsum(np.bincount(apart)), _CANDIDATES))  # so many places may differ
        rows = np.flatnonzero(apart <= limit)
        rows = rows[np.argsort(apart[rows], kind="stable")[: 2 * _CANDIDATES]]
        rows = rows[self._signs[rows].any(axis=1)]  # one that has none is no sentence's, or its signs say nothing
        agreeing = np.unpackbits(self._signs[rows], axis=1).astype(np.float32) @ vector
        rows = rows[np.argsort(-agreeing, kind="stable")[:_READ]]
        wanted, row = table_of_rows(rows.tolist())
        columns = select(_S.document, _S.index, _S.vector, _S.echo_document)
        keys, vectors = _read(self._held, columns.join(wanted, _S.row == row))
        return Nearness(
            sorted(_compared(vector, keys, vectors), key=_nearest_first),
            lambda missing: _compared(vector, *_read(self._held, _of_keys(missing))),
        )


def everything(held: Held) -> tuple[tuple[Key, ...], Vectors]:
    """All keys, in order, and the vectors of their sentences."""
    statement = select(_S.document, _S.index, _S.vector, _S.echo_document).order_by(_S.document, _S.index)
    return _read(held, statement)


def missigned(held: Held) -> Iterator[str]:
    """Which signs are not those of the sentences' vectors, a line each."""
    blocks = dict(held.values(select(_C.block, _C.signs)))
    last = held.values(select(func.max(_S.row)))[0][0] or 0
    strays = 0
    for number in sorted({*blocks, *range(last // _BLOCK + 1)}):
        first = number * _BLOCK
        rows = held.values(
            select(_S.row, _S.document, _S.index, _S.vector).where(_S.row >= first, _S.row < first + _BLOCK)
        )
        kept = blocks.get(number, b"")
        if len(kept) not in (0, _BLOCK * _BYTES):
            yield f"the signs of the sentences from row {first} on cannot be read"
            continue
        block = _unpacked(kept or bytes(_BLOCK * _BYTES)).copy()
        for row, document, index, packed in rows:
            whole = len(packed) == 2 * schema.DIMENSIONS  # one that is not is told of elsewhere
            if whole and not np.array_equal(block[row - first], signs(unpack_vectors([packed], schema.DIMENSIONS))[0]):
                yield f"{document}: the signs of sentence {index} are not those of its vector"
            block[row - first] = 0
        strays += int(block.any(axis=1).sum())
    if strays:
        yield f"there are signs of {strays} sentences that are not there"


def _nearest_first(found: tuple[Key, float]) -> tuple[float, Key]:
    return -found[1], found[0]


def _compared(vector: NDArray[np.float32], keys: Sequence[Key], vectors: Vectors) -> list[tuple[Key, float]]:
    return list(zip(keys, (vectors @ vector).tolist()))


def _of_keys(keys: Collection[Key]) -> Any:
    wanted = among(keys)
    columns = select(_S.document, _S.index, _S.vector, _S.echo_document)
    return columns.join(wanted, (_S.document == wanted.c.document) & (_S.index == wanted.c.index))


def _read(held: Held, statement: Any) -> tuple[tuple[Key, ...], Vectors]:
    """Keys and vectors of rows; those of echoes are zeros, which are near to nothing."""
    rows = held.values(statement)
    vectors = unpack_vectors([row[2] for row in rows], schema.DIMENSIONS)
    vectors[[row[3] is not None for row in rows]] = 0
    return tuple((row[0], row[1]) for row in rows), vectors


def _unpacked(block: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(block, np.uint8).reshape(_BLOCK, _BYTES)
