"""Makes a store hold exactly what is at some paths."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rahdari.errors import NothingToIngest, StoreDamaged, StoreError, StoreMissing
from rahdari.ingestion import fingerprint
from rahdari.ingestion.limiting import SECONDS
from rahdari.ingestion.origins import noted_in
from rahdari.ingestion.superseding import superseded
from rahdari.ingestion.working import Failure, Load, work, work_through
from rahdari.reading import UNTOLD, LeftOut, Metadata, Note, Reading, Readings, Remembered, read_all, remembering
from rahdari.reading.formats import is_unknown
from rahdari.reading.limits import LIMITS
from rahdari.reading.walking import files
from rahdari.records import Document
from rahdari.store import (
    GivenUp,
    Piece,
    Progress,
    Staging,
    Store,
    Writer,
    check_place,
    noted,
    on_server,
    open_writer,
    staging,
    store_file,
)


@dataclass(frozen=True)
class Report:
    """What an ingest did, or would do; ids of documents, in order.

    Attributes:
        notes: what is to be told of files whose documents were taken in.
        withheld: those that `rahdari documents remove` took out, and whose files are still there.
        superseded: pairs: those that a later version from the same address has replaced, and the ids of these.
        built: False where the store already held exactly this.
        version: of the store now.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[Note, ...]
    withheld: tuple[str, ...]
    superseded: tuple[tuple[str, str], ...]
    built: bool
    version: str


_MADE_ANEW = (
    "it was damaged and is made anew: earlier versions and what was taken out by hand are forgotten; `rahdari restore` "
    "brings a copy back that has them"
)
_GivenUp = dict[str, tuple[str, str]]
"""The id of a document that took too long, its sha256, and the reason that it was left out with."""


@dataclass(frozen=True)
class _State:
    """What a store held before."""

    meta: Mapping[str, str]
    hashes: Mapping[str, str]
    withheld: frozenset[str]


def ingest(
    paths: Iterable[str | Path],
    url: str,
    load: Load,
    progress: Progress = lambda *_: None,
    origin: str = "paths",
    jobs: int = 1,
    dry_run: bool = False,
    anew: bool = False,
    seconds: int = SECONDS,
    seen: Path | None = None,
    told: Metadata = UNTOLD,
    allow_empty: bool = False,
    own: Callable[[Path], bool] = lambda _: False,
) -> Report:
    """Makes the store at `url` hold exactly the documents at these paths.

    What is there and cannot be read this time stays in the store as it is. A run that is ended, at whatever moment,
    leaves the store as it was before or makes it as it is to be; the next one does not extract again what was finished.

    Args:
        load: called when something is to be extracted; by each process where there are several.
        origin: noted in the store: `paths` that somebody named, or `settings`.
        jobs: processes that extract.
        dry_run: look only; what an extractor would leave out is then not known.
        anew: begin with an empty store, whatever is there.
        seconds: of processor time that a document of usual length may take; one that takes longer is left out, and
            not tried again before it changes.
        seen: a file that notes what files looked like, where the store is on a server; a store in a file has its own.
        told: what is said of all documents at the paths; a title or an address is that of a single one.
        own: whether a file that no reader is for is to be passed over: one that this program writes.
        allow_empty: let all leave that the store has of a folder which is empty now.

    Raises:
        StoreBusy: another process is ingesting.
        StoreDamaged: nothing is to be done, and the store is damaged; it is made anew where something is.
        NothingToIngest: no document at all could be read, or a folder is empty that the store has documents of.
        StoreError: a path is not there, the store cannot be written, its file is something else, or a title is told of
            several documents; in all cases the old store stands.
    """
    given = [Path(path) for path in paths]
    _check_there(given)
    seen = noted_in(url, seen)
    if not anew:
        check_place(url, seen)
    readings = Readings(seen.with_suffix(".reading") if seen and not dry_run else None)
    before_this = None if anew or not seen else remembering.load(seen)
    remembered = Remembered(before_this, lambda: _documents(url), readings)
    remembered.reserve(given)
    if not allow_empty:
        _check_emptied(given, remembered)
    reading = read_all(given, LIMITS, remembered, told, partial(progress, "reading files"), own)
    _check_there(given)  # a disk may have gone meanwhile
    if not allow_empty:
        _check_emptied(given, remembered)
    if not reading.documents and (anew or not _may_be_empty(url, allow_empty)):
        reasons = "; ".join(entry.reason for entry in reading.left_out) or "the paths hold no files"
        raise NothingToIngest(f"nothing to ingest: {reasons}")
    if (told.title or told.source) and len(reading.documents) > 1:
        raise StoreError(
            f"a title or an address is that of one document, but there are {len(reading.documents)} at the paths; "
            "leave that option out, and put titles and addresses into a table sources.tsv beside them"
        )
    notes = {
        "code": fingerprint.code_fingerprint(),
        "origin": origin,
        "paths": where(given, url),
        "seconds": str(seconds),
        "told": json.dumps(vars(told)),
    }
    idle = False  # whether the store holds just this already
    try:
        before = _State({}, {}, frozenset()) if anew else _looked_at(url)
        known = _given_up(before, reading, notes)
        report = _report(before, _without(reading, known), notes)
        idle = not report.built and not _differs(before, _meta(report, notes, known))
        if dry_run or idle:
            if idle:
                noted(url)  # raises where the file is damaged
            if not dry_run and seen and remembered.changed:
                remembering.save(seen, remembered.seen)
            readings.discard()
            return report
    except StoreError:
        if dry_run or idle:
            raise
    try:
        with open_writer(url, anew) as writer:

            def do(documents: Iterable[Document], total: int) -> Iterable[Piece | Failure]:
                return work(documents, load, progress, jobs, seconds, total)

            report = _written(writer, reading, notes, do, url, progress)
        if seen:
            remembering.save(seen, remembered.seen)
        readings.discard()
        return report
    except StoreDamaged:
        if anew:
            raise
        report = ingest(
            given, url, load, progress, origin, jobs, anew=True, seconds=seconds, seen=seen, told=told, own=own
        )
        return replace(report, notes=(Note(store_file(url), _MADE_ANEW), *report.notes))


def where(paths: Sequence[Path], url: str) -> str:
    """Which paths a store is made of, as it is noted in it: a JSON list of pairs.

    Each is absolute, and as seen from the store's folder: both may be moved together. A server has no such folder.
    """
    if on_server(url):
        return json.dumps([[str(path.absolute())] * 2 for path in paths])
    folder = store_file(url).parent
    return json.dumps([[str(path.absolute()), os.path.relpath(path.absolute(), folder)] for path in paths])


def told_before(meta: Mapping[str, str]) -> Metadata:
    """What was said of all documents when a store was made, by what is noted in it."""
    return Metadata(**json.loads(meta.get("told", "{}")))


def _check_there(paths: Iterable[Path]) -> None:
    """Raises: StoreError, where one is mistyped, or not mounted: what the store has of it is not to leave."""
    missing = ", ".join(str(path) for path in paths if not os.path.exists(path))
    if missing:
        raise StoreError(f"there is no {missing}; check the path, or leave it out: nothing was changed")


def _check_emptied(paths: Iterable[Path], remembered: Remembered) -> None:
    """Raises: NothingToIngest, where nothing in a folder could be read, and the store has documents of it."""
    for path in paths:
        if not os.path.isdir(path) or any(isinstance(one, LeftOut) or not is_unknown(one) for one in files([path])):
            continue
        if any(remembered.below(path)):
            raise NothingToIngest(
                f"{path} holds no document, and the store has some of it: nothing was changed; "
                "if they are to leave, ingest with --allow-empty"
            )


def _may_be_empty(url: str, allow_empty: bool) -> bool:
    """Whether there is a store, and it is empty or may become so."""
    before = _looked_at(url)
    return bool(before.meta) and (allow_empty or not before.hashes)


def _written(
    writer: Writer,
    reading: Reading,
    notes: dict[str, str],
    found_in: Callable[[Iterable[Document], int], Iterable[Piece | Failure]],
    url: str,
    progress: Progress,
) -> Report:
    state = _State(writer.meta, writer.hashes, writer.withheld)
    known = _given_up(state, reading, notes)
    reading = _without(reading, known)
    with staging(url, notes["code"]) as staged, ExitStack() as stack:
        if on_server(url):  # no transaction is open for as long as several machines read
            fresh, failed = _understood(staged, reading, state, notes, found_in)
            change = stack.enter_context(writer.change(progress))
        else:  # it is taken in beside what is read
            change = stack.enter_context(writer.change(progress))
            fresh, failed = _understood(staged, reading, state, notes, found_in, change.put)
        known.update({one.document: (one.sha256, one.reason) for one in failed if one.lasting})
        bad = {one.document for one in failed}
        left_out = sorted((LeftOut(Path(one.document), one.reason) for one in failed), key=lambda entry: entry.path)
        taken = tuple(one for one in reading.documents if one.id not in bad)
        reading = replace(reading, documents=taken, left_out=(*reading.left_out, *left_out))
        report = _report(state, reading, notes)
        if failed and not (report.new or report.changed or report.unchanged):
            raise NothingToIngest(f"nothing to ingest: {'; '.join(one.reason for one in failed)}")
        earlier = [one for one in fresh if one.id not in {*bad, *change.coming}]
        for number, piece in enumerate(staged.pieces(earlier)):
            progress("taking in", number, len(earlier), piece.document.id)
            change.put(piece)
        meta = _meta(report, notes, known)
        if report.built or _differs(state, meta):
            replaced = dict(report.superseded)
            for id in report.removed:
                change.remove(id, "superseded" if id in replaced else "removed")
            change.pass_over(one for one in reading.documents if one.id in replaced)
            change.note(meta)
    return report


def _understood(
    staged: Staging,
    reading: Reading,
    state: _State,
    notes: Mapping[str, str],
    found_in: Callable[[Iterable[Document], int], Iterable[Piece | Failure]],
    take: Callable[[Piece], None] = lambda _: None,
) -> tuple[list[Document], list[GivenUp]]:
    """Reads what is new or changed: these documents, and those that nothing could be found in."""
    standing = [document for document in reading.documents if document.id not in state.withheld]
    same_code = state.meta.get("code") == notes["code"]
    failed: list[GivenUp] = []
    while True:
        replaced = superseded(standing)
        wanted = [one for one in standing if one.id not in replaced]
        fresh = [one for one in wanted if not (same_code and state.hashes.get(one.id) == one.sha256)]
        staged.offer(staged.lacks(fresh), int(notes["seconds"]))
        work_through(staged, found_in, take)
        failed += staged.given_up()
        bad = {one.document for one in failed}
        standing = [one for one in standing if one.id not in bad]
        if superseded(standing) == replaced:  # else what a later version was to replace stands, and is to be read
            return fresh, failed


def _documents(url: str) -> dict[str, Document]:
    try:
        return {document.id: document for document in Store.open(url).documents()}
    except StoreError:  # then all is read
        return {}


def _looked_at(url: str) -> _State:
    try:
        store = Store.open(url)
    except StoreMissing:
        return _State({}, {}, frozenset())
    return _State(store.meta, store.hashes(), store.withheld())


def _report(before: _State, reading: Reading, notes: Mapping[str, str]) -> Report:
    standing = [one for one in reading.documents if one.id not in before.withheld]
    replaced = superseded(standing)
    now = {one.id: one.sha256 for one in standing if one.id not in replaced}
    was = before.hashes
    report = Report(
        new=tuple(key for key in now if key not in was),
        changed=tuple(key for key in now if key in was and was[key] != now[key]),
        unchanged=tuple(key for key in now if was.get(key) == now[key]),
        removed=tuple(key for key in sorted(was) if key not in now),
        left_out=reading.left_out,
        notes=reading.notes,
        withheld=tuple(one.id for one in reading.documents if one.id in before.withheld),
        superseded=tuple(sorted(replaced.items())),
        built=False,
        version=version_of(notes["code"], now),
    )
    built = before.meta.get("inputs") != report.version or before.meta.get("origin") != notes["origin"]
    return replace(report, built=built)


def version_of(code: str, hashes: Mapping[str, str]) -> str:
    """The version of a store that this code made of these documents: their sha256 by id."""
    return hashlib.sha256(json.dumps([code, sorted(hashes.items())]).encode()).hexdigest()


def _meta(report: Report, notes: Mapping[str, str], given_up: _GivenUp) -> dict[str, str]:
    """What is noted in the store; what was left out and why as pairs of a path and a reason, and what is superseded."""
    left_out = json.dumps([[str(entry.path), entry.reason] for entry in report.left_out])
    more = {"given_up": json.dumps(given_up, sort_keys=True), "superseded": json.dumps(report.superseded)}
    return {**notes, "inputs": report.version, "left_out": left_out, **more}


def _given_up(before: _State, reading: Reading, notes: Mapping[str, str]) -> _GivenUp:
    """Of the documents as they are now, those that an earlier run gave up under the same code and the same limit."""
    if any(before.meta.get(name) != notes[name] for name in ("code", "seconds")):
        return {}
    noted = json.loads(before.meta.get("given_up", "{}"))
    now = {one.id: one.sha256 for one in reading.documents}
    return {id: (sha256, reason) for id, (sha256, reason) in noted.items() if now.get(id) == sha256}


def _without(reading: Reading, given_up: _GivenUp) -> Reading:
    left_out = [LeftOut(Path(id), reason) for id, (_, reason) in sorted(given_up.items())]
    documents = tuple(one for one in reading.documents if one.id not in given_up)
    return replace(reading, documents=documents, left_out=(*reading.left_out, *left_out))


def _differs(before: _State, meta: Mapping[str, str]) -> bool:
    return any(before.meta.get(key) != value for key, value in meta.items())
