"""How well sentences are found, and questions refused, on SQuAD 2.0: questions and texts that nobody here wrote.

    python bench/squad.py dev.json                  one document an article, each in a store of its own
    python bench/squad.py dev.json --together       all articles in one store
    python bench/squad.py dev.json --wrong 40       prints questions that went wrong, too
    python bench/squad.py dev.json --write FOLDER   writes documents and question sets for `rahdari fit`

SQuAD 2.0 (Rajpurkar et al. 2018, CC BY-SA 4.0) asks questions about paragraphs of Wikipedia; about half of them look
as if the paragraph answered them, and it does not. Each article's paragraphs become one document; the answering side is
asked, without intents and dialogue. The committed weights are fitted on eight of its articles, too: what they do on
articles left out of the fit is in docs/benchmarks/reading.md.

- found first: the first sentence cited, whatever the status, holds the answer (of the answerable questions)
- decided right: answered where there is an answer, refused where there is none (of all questions)
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rahdari.settings import Settings


@dataclass(frozen=True)
class Asked:
    """A question, the document it is of, and where its answers stand in that document; none: it has no answer."""

    text: str
    document: str
    spans: tuple[tuple[int, int], ...]


def articles(path: Path) -> Iterator[tuple[str, str, list[Asked]]]:
    """For each article its id, its text with a blank line between paragraphs, and its questions."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        name = article["title"].lower().replace("_", "-")
        text, asked = "", []
        for paragraph in article["paragraphs"]:
            before = len(text)
            for question in paragraph["qas"]:
                starts = [(a["answer_start"], len(a["text"])) for a in question["answers"]]
                spans = () if question["is_impossible"] else tuple((before + s, before + s + n) for s, n in starts)
                asked.append(Asked(question["question"], name, spans))
            text += paragraph["context"].rstrip() + "\n\n"
        yield name, text, asked


def main() -> None:
    """Ingest, ask, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--together", action="store_true", help="all articles in one store")
    parser.add_argument("--every", type=int, default=1, help="ask every n-th question only")
    parser.add_argument("--wrong", type=int, default=0, help="print this many that went wrong")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write documents and question sets, ask nothing")
    given = parser.parse_args()
    found = list(articles(given.file))
    if given.write:
        for article in found:
            write(article, given.write)
        return
    groups = [found] if given.together else [[each] for each in found]
    total = Count()
    with tempfile.TemporaryDirectory() as folder:
        for number, group in enumerate(groups):
            count = ask(group, Path(folder) / str(number), given.every, given.wrong)
            print(f"{group[0][0] if len(group) == 1 else 'all':<32} {count}")
            total.add(count)
    if len(groups) > 1:
        print(f"{'all':<32} {total}")


@dataclass
class Count:
    """Figures over questions."""

    answerable: int = 0
    first: int = 0
    kept: int = 0
    unanswerable: int = 0
    refused: int = 0

    def add(self, other: Count) -> None:
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def __str__(self) -> str:
        every = self.answerable + self.unanswerable
        return (
            f"found first {_share(self.first, self.answerable)} of {self.answerable}; "
            f"decided right {_share(self.kept + self.refused, every)} of {every} "
            f"(answered {_share(self.kept, self.answerable)}, refused {_share(self.refused, self.unanswerable)})"
        )


def ask(group: list[tuple[str, str, list[Asked]]], home: Path, every: int, wrong: int) -> Count:
    """Ingest some articles into a store at `home` and ask their questions."""
    from rahdari import bootstrap
    from rahdari.records import Question

    documents = home / "documents"
    documents.mkdir(parents=True)
    for name, text, _ in group:
        (documents / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = settings_at(home)
    bootstrap.ingest(settings, [documents])
    answerer, count = bootstrap.answerer(settings), Count()
    for number, asked in enumerate([each for _, _, questions in group for each in questions][::every]):
        answer = answerer.answer(Question(asked.text))
        cited = answer.citations[0] if answer.citations else None
        hit = (
            cited is not None
            and cited.document == asked.document
            and any(cited.start < end and start < cited.end for start, end in asked.spans)
        )
        answered = answer.status == "answered"
        if asked.spans:
            count.answerable += 1
            count.first += hit
            count.kept += answered
        else:
            count.unanswerable += 1
            count.refused += not answered
        if count.first + count.refused < number + 1 and wrong > 0 and not (hit or not asked.spans and not answered):
            wrong -= 1
            print(f"- {asked.text}\n    [{answer.status}] {answer.text[:300]}", file=sys.stderr)
    return count


def write(article: tuple[str, str, list[Asked]], folder: Path) -> None:
    """One article as FOLDER/<name>/<name>.txt, and its questions as FOLDER/<name>.jsonl."""
    from rahdari import bootstrap

    name, text, questions = article
    (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / name / f"{name}.txt").write_text(text, encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        settings = settings_at(Path(home))
        bootstrap.ingest(settings, [folder / name])
        sentences = bootstrap.store(settings).sentences(name)
    with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as lines:
        for number, asked in enumerate(questions):
            held = [s.text for s in sentences if any(s.start < end and start < s.end for start, end in asked.spans)]
            entry = {
                "id": f"{name}-{number}",
                "kind": "describe",
                "turns": [asked.text],
                "expect_status": ["answered" if asked.spans else "unknown"],
                "evidence": list(dict.fromkeys(held)),
                "must": [],
                "must_not": [],
                "note": "",
            }
            lines.write(json.dumps(entry, ensure_ascii=False) + "\n")


def settings_at(home: Path) -> Settings:
    """Settings for a store in a folder of its own."""
    from rahdari.settings import Settings

    url = f"sqlite:///{home / 'store.sqlite'}"
    return replace(Settings.from_environment(), home=home, database_url=url, keep_unanswered=False)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"


if __name__ == "__main__":
    main()
