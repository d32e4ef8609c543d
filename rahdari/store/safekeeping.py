"""Copies of a store to keep elsewhere, and back. SQLite's backup makes them: a store may be read and written meanwhile.

https://www.sqlite.org/backup.html
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from rahdari.errors import StoreDamaged, StoreError
from rahdari.store import address, lock, schema
from rahdari.store.changing import Progress
from rahdari.store.database import SqliteFile, database_at, writing_to
from rahdari.store.snapshot import noted
from rahdari.store.verifying import verify


def backup(url: str, file: Path) -> None:
    """Copies the store as it is now into a file, which is replaced where it is a store itself.

    Raises:
        StoreMissing: there is no store.
        StoreError: the store is on a server, `file` is the store itself or something else than a store, or it cannot
            be written.
    """
    path = _path(url)
    noted(url)
    if file.exists():
        _check_other(path, file, "name another file for the copy")
        _check(file, f"{file} is there and no store; name another file")

    def write(aside: Path) -> None:
        source = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(aside)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # all of it in the one file
        address.remove_logs(file.absolute())  # of what is replaced: it would be taken for the copy's

    put(file.absolute(), write)


def restore(url: str, file: Path, progress: Progress = lambda *_: None, anyway: bool = False) -> None:
    """Puts a copy in the place of the store; who reads the old one goes on to this one as to anything published.

    A copy of an earlier schema is brought up to this one; the file stays as it is.

    Args:
        anyway: also a copy that `verify` finds something wrong with, as long as it can be read.

    Raises:
        StoreBusy: an ingest is writing to the store.
        StoreError: the store is on a server, the file is no whole store or the store itself, or the store cannot be
            written to. The store then stays as it is.
    """
    path = _path(url)
    if not file.is_file():
        raise StoreError(f"there is no {file}; give a file that `rahdari backup` wrote")
    _check_other(path, file, "give a file that `rahdari backup` wrote")
    seen = _check(file, f"{file} is no store; give a file that `rahdari backup` wrote").get("schema", "0")
    with lock.writing(path), _brought_up(file, seen, path) as copy:
        problems = [] if anyway else verify(f"sqlite:///{copy.absolute()}", progress)
        if problems:
            raise StoreError(
                f"{file} is not whole, and nothing was changed: {problems[0]}"
                + (f", and {len(problems) - 1} more" if problems[1:] else "")
                + "; give another copy, or this one with --anyway, and ingest then"
            )
        _put_in_place(path, copy)


def replace(path: Path, file: Path) -> None:
    """Puts a store that was just made in the place of the one at `path`. Raises as `restore`."""
    with lock.writing(path):
        _put_in_place(path, file)


@contextmanager
def _brought_up(file: Path, seen: str, path: Path) -> Iterator[Path]:
    """The file, or where it is of an earlier schema, a copy of it beside the store which is of this one."""
    from rahdari.store import migrating  # which writes files by this module

    if seen == schema.SCHEMA:
        yield file
        return
    migrating.check(str(file), seen)
    aside = path.with_name(f"{path.name}.copy")
    try:
        put(aside, lambda empty: _copy_into(empty, file))
        with writing_to(SqliteFile(aside)):
            migrating.up(aside)
        yield aside
    finally:
        address.remove(aside)


def _put_in_place(path: Path, file: Path) -> None:
    try:
        if not path.exists():
            address.remove_logs(path)
        try:
            _copy_into(path, file)
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:
                raise
            address.remove(path)  # what lies there is damaged
            _copy_into(path, file)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"the store cannot be written to {path}: {error}") from error


def put(path: Path, write: Callable[[Path], None]) -> None:
    """Has a file written aside, and renames it into place: nobody sees half of it.

    Raises:
        StoreError: it cannot be written; what was there then stays.
    """
    aside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        os.close(handle)
        aside = Path(name)
        write(aside)
        aside.chmod(0o644)  # mkstemp's 0600 would shut out a server that runs as another user
        _sync(aside)
        os.replace(aside, path)
        _sync(path.parent)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path} cannot be written: {error}") from error
    finally:
        if aside is not None:
            address.remove(aside)


def _path(url: str) -> Path:
    database = database_at(url)
    if isinstance(database, SqliteFile):
        return database.path
    raise StoreError(
        f"{database.name} is no file; its own pg_dump and pg_restore make copies of it and bring them back, and "
        "`rahdari migrate` copies it to a file and back: docs/scaling.md"
    )


def _copy_into(path: Path, file: Path) -> None:
    source = sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(path, timeout=address.PATIENCE_MS / 1000)) as store:
        store.execute("PRAGMA journal_mode = WAL")
        source.backup(store)


def _check_other(path: Path, file: Path, advice: str) -> None:
    if path.exists() and path.samefile(file):
        raise StoreError(f"{file} is the store itself, and nothing was changed; {advice}")


def _check(file: Path, otherwise: str) -> dict[str, str]:
    """What is noted in a file. Raises StoreError where it is damaged, or no store."""
    try:
        return noted(f"sqlite:///{file.absolute()}")
    except StoreDamaged as error:
        raise StoreError(f"{file} is damaged, or no store; nothing was written") from error
    except StoreError as error:
        raise StoreError(otherwise) from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
