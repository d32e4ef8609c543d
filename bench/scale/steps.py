"""What is measured of a corpus, each in a process of its own: `python -m bench.scale.steps NAME FOLDER SIZE SEED`.

Writes lines of JSON: `{"done": 3, "of": 8}` as it goes on, and at the end what was measured. Seconds and bytes.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.scale import documents, questions

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

    from rahdari.settings import Settings

_FIRST = 1000  # documents that the questions are on, at most
_BARE = 500  # documents that spaCy and the encoder alone are given, at most
_BOT_TURNS = 200
_WARMING = ("When did it begin?", "Who is the director of it?", "Is it done?")

Progress = Callable[[int, int], None]
Measured = dict[str, Any]


def write(folder: Path, size: int, seed: int, progress: Progress) -> Measured:
    """The corpus and its questions."""
    for done in documents.write(size, seed, folder / "documents"):
        if done % 200 == 0 or done == size:
            progress(done, size)
    questions.write(min(size, _FIRST), seed, folder / "questions.jsonl")
    return {"bytes": sum(path.stat().st_size for path in (folder / "documents").rglob("*.md"))}


def bare(folder: Path, size: int, seed: int, progress: Progress) -> Measured:
    """`spacy.pipe` and the encoder on the texts that an ingest gives them of a part of the corpus, and nothing else.

    The encoder's texts are those that `in_context` makes: sentences behind their document's title.
    """
    read = _bare(folder, size)
    with _took() as took:
        documents, sentences = read(progress)
    return {"documents": documents, "sentences": sentences, **took}


def bare_shared(folder: Path, size: int, seed: int, progress: Progress) -> Measured:
    """As `bare`, the documents shared out among as many processes as an ingest has: from when all are ready."""
    context, jobs = multiprocessing.get_context("spawn"), _jobs()
    ready = context.Barrier(jobs + 1)
    processes = [context.Process(target=_bare_share, args=(folder, size, share, jobs, ready)) for share in range(jobs)]
    for process in processes:
        process.start()
    ready.wait()
    begun = time.perf_counter()
    for process in processes:
        process.join()
    seconds = time.perf_counter() - begun
    if any(process.exitcode for process in processes):
        raise SystemExit("a process that reads its share has failed")
    return {"processes": jobs, "seconds": seconds}


def _bare_share(folder: Path, size: int, share: int, of: int, ready: Barrier) -> None:
    try:
        read = _bare(folder, size, share, of)
    except BaseException:
        ready.abort()
        raise
    ready.wait()
    read(lambda *_: None)


def _bare(folder: Path, size: int, share: int = 0, of: int = 1) -> Callable[[Progress], tuple[int, int]]:
    """What reads one of so many shares of the documents, and gives the numbers of these and of their sentences."""
    from rahdari import bootstrap
    from rahdari.extraction import Extractor
    from rahdari.extraction.parsing import language
    from rahdari.ingestion import in_context
    from rahdari.reading import read

    paths = sorted((folder / "documents").rglob("*.md"))
    number = min(size, _BARE)
    extractor, nlp, encoder = Extractor.load(), language(), bootstrap.encoder()
    texts, contexts = [], []
    for document in (read(paths[place * size // number]) for place in range(share, number, of)):
        found = extractor.extract(document).sentences
        texts += [sentence.text for sentence in found]
        contexts.append([in_context(document, sentence) for sentence in found])

    def run(progress: Progress) -> tuple[int, int]:
        for _ in nlp.pipe(texts):
            pass
        for done, several in enumerate(contexts, 1):
            encoder.encode(several)
            progress(done, len(contexts))
        return len(contexts), len(texts)

    return run


def ingest(folder: Path, size: int, seed: int, progress: Progress) -> Measured:
    """Into a new store: from the call to the last byte on disk, the models' loading included."""
    from rahdari import bootstrap

    settings, jobs = _settings(folder), _jobs()
    took = _ingested(settings, folder, jobs, progress)
    store = bootstrap.store(settings)
    files = (folder / "home").glob("store.sqlite*")
    sentences = store.sentence_count
    disk = sum(path.stat().st_size for path in files)
    return {**took, "jobs": jobs, "sentences": sentences, "disk": disk, **_memory()}


def one_job(folder: Path, size: int, seed: int, progress: Progress) -> Measured:
    """As `ingest`, into another store, with one process that reads documents."""
    try:
        return _ingested(_settings(folder, "one_job"), folder, 1, progress)
    finally:
        shutil.rmtree(folder / "one_job")


def answering(folder: Path, size: int, seed: int, progress: Progress) -> Measured:
    """The answering side alone, each question once: seconds for each, which were right, and its memory then."""
    from rahdari import bootstrap, evaluation
    from rahdari.records import Question

    settings = _settings(folder)
    with _took() as began:
        answerer = bootstrap.answerer(settings)
        answerer.answer(Question("Which projects are named?"))
    return {"start": began["seconds"], **_asked(folder, evaluation.direct(answerer), None, progress)}


def bot(folder: Path, size: int, seed: int, progress: Progress) -> Measured:
    """The whole bot, the first 200 questions: seconds for each, which were right, and its memory then."""
    os.environ["RAHDARI_KEEP_UNANSWERED"] = "no"
    from rahdari import evaluation
    from rahdari.serving.assembly import load_bot

    begun = time.perf_counter()
    loaded = load_bot(_settings(folder), keep=False)
    with evaluation.through_bot(loaded) as talk:
        talk(["Which projects are named?"])
        start = time.perf_counter() - begun
        return {"start": start, **_asked(folder, talk, _BOT_TURNS, progress)}


STEPS: dict[str, Callable[[Path, int, int, Progress], Measured]] = {
    "write": write, "bare": bare, "bare_shared": bare_shared,
    "ingest": ingest, "one_job": one_job, "answering": answering, "bot": bot,
}  # fmt: skip


def _ingested(settings: Settings, folder: Path, jobs: int, progress: Progress) -> Measured:
    from rahdari import bootstrap

    with _took() as took:
        bootstrap.ingest(settings, [folder / "documents"], lambda _, done, of, __: progress(done, of), jobs, anew=True)
    return took


def _asked(folder: Path, talk: Any, most: int | None, progress: Progress) -> Measured:
    from rahdari import bootstrap, evaluation

    entries = evaluation.load(folder / "questions.jsonl")[:most]
    for warming in _WARMING:
        talk([warming])
    answers: dict[tuple[str, ...], Any] = {}
    seconds: list[float] = []
    processor: list[float] = []
    for done, entry in enumerate(entries, 1):
        with _took() as took:
            answers[entry.turns] = talk(entry.turns)
        seconds.append(took["seconds"])
        processor.append(took["processor"])
        progress(done, len(entries))
    memory = _memory()  # before the texts of all documents are read, which to judge takes
    told = bootstrap.store(_settings(folder)).documents()
    verdicts = evaluation.evaluate(entries, lambda turns: answers[tuple(turns)], told)
    right = {one.entry.id: one.passed for one in verdicts}
    why = {one.entry.id: [*one.reasons, one.text] for one in verdicts if not one.passed}
    return {"seconds": seconds, "processor": processor, "right": right, "why": why, **memory}


def _jobs() -> int:
    """The number of processes that read documents: the environment's `BENCH_JOBS`, 1 where it is not set."""
    return int(os.environ.get("BENCH_JOBS", "1"))


def _settings(folder: Path, name: str = "home") -> Settings:
    from rahdari.settings import Settings

    home = folder / name
    os.environ.update(RAHDARI_HOME=str(home), RAHDARI_DOCUMENTS=str(folder / "documents"))
    os.environ.pop("RAHDARI_DATABASE_URL", None)
    return replace(Settings.from_environment(), keep_unanswered=False)


@contextmanager
def _took() -> Iterator[dict[str, float]]:
    took: dict[str, float] = {}
    wall, own = time.perf_counter(), _processor()
    yield took
    took.update(seconds=time.perf_counter() - wall, processor=_processor() - own)


def _processor() -> float:
    """Seconds of this process, and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _memory() -> Measured:
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    resident = 1024 * int(fields["VmRSS"].split()[0])
    return {"memory": resident, "peak": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


def main() -> None:
    """One step."""
    name, folder, size, seed = sys.argv[1:]

    def progress(done: int, of: int) -> None:
        print(json.dumps({"done": done, "of": of}), flush=True)

    print(json.dumps(STEPS[name](Path(folder), int(size), int(seed), progress)), flush=True)


if __name__ == "__main__":
    main()
