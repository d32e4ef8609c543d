"""Taking documents out by hand, whatever is at the paths, and letting them in again."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rahdari.errors import StoreError
from rahdari.ingestion.ingesting import version_of
from rahdari.store import Store, open_writer


def remove(url: str, ids: Collection[str]) -> None:
    """Takes documents out of the store; later ingests pass over their files until `take_back`.

    Raises:
        StoreError: one of them is not there; none is then taken out.
    """
    Store.open(url)  # which says what to do where there is none
    with open_writer(url) as writer:
        _check(ids, writer.hashes, "in the store; `rahdari documents` lists what is")
        kept = {id: sha256 for id, sha256 in writer.hashes.items() if id not in ids}
        with writer.change() as change:
            for id in ids:
                change.remove(id, "removed")
            change.withhold(ids)
            change.note({"inputs": version_of(writer.meta["code"], kept)})


def take_back(url: str, ids: Collection[str]) -> None:
    """Lets later ingests take these documents in again.

    Raises:
        StoreError: one of them was not taken out by hand; then nothing is changed.
    """
    Store.open(url)
    with open_writer(url) as writer:
        _check(ids, dict.fromkeys(writer.withheld, ""), "among those that were taken out by hand")
        with writer.change() as change:
            change.release(ids)


def _check(ids: Collection[str], known: Mapping[str, str], where: str) -> None:
    strange = sorted(id for id in ids if id not in known)
    if strange:
        raise StoreError(f"{', '.join(strange)} is not {where}")
