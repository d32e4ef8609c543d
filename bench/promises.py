"""What every reply promises: the same bytes for the same question, and suggestions that are answered when asked.

    python bench/promises.py --documents data/documents,tests/corpus tests/questions/*.jsonl

The questions of all sets are asked, answering side alone, over two stores that were built one after the other, the
second time in another order, and once more of the first store. A reply is the whole Answer but for its id.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rahdari.evaluation.entries import Entry
    from rahdari.settings import Settings


def main() -> None:
    """Ask everything three times; then every suggestion in its conversation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="QUESTIONS")
    parser.add_argument("--documents", required=True, help="files and folders, with commas between")
    given = parser.parse_args()

    from rahdari import bootstrap
    from rahdari.evaluation.entries import load
    from rahdari.settings import Settings

    entries = [entry for path in given.sets for entry in load(path)]
    documents = [Path(name) for name in given.documents.split(",")]
    order = list(range(len(entries)))
    with tempfile.TemporaryDirectory() as folder:
        stores = []
        for number in (1, 2):
            home = Path(folder) / str(number)
            url = f"sqlite:///{home}/store.sqlite"
            stores.append(replace(Settings.from_environment(), home=home, database_url=url, keep_unanswered=False))
            bootstrap.ingest(stores[-1], documents)
        rounds = [replies(stores[0], entries, order)]
        for seed, store in ((1, stores[1]), (2, stores[0])):
            random.Random(seed).shuffle(order)
            rounds.append(replies(store, entries, order))
        same = sum(all(other[place] == rounds[0][place] for other in rounds) for place in rounds[0])
        print(f"the same, byte for byte: {same} of {len(entries)} conversations")
        print("suggestions:", ", ".join(f"{n} {status}" for status, n in suggested(stores[0], entries).most_common()))


def replies(store: Settings, entries: Sequence[Entry], order: Sequence[int]) -> dict[int, list[str]]:
    """Every reply of every conversation, by the conversation's place, asked in this order."""
    from rahdari import bootstrap
    from rahdari.records import Memory, Question

    answerer, found = bootstrap.answerer(store), {}
    for place in order:
        memory, said = Memory(), []
        for turn in entries[place].turns:
            answer = answerer.answer(Question(turn, memory=memory))
            memory = answer.memory
            said.append(json.dumps({**answer.as_dict(), "id": ""}, sort_keys=True, ensure_ascii=False))
        found[place] = said
    return found


def suggested(store: Settings, entries: Sequence[Entry]) -> Counter[str]:
    """The statuses of the replies to every suggestion after each conversation, each wording asked once."""
    from rahdari import bootstrap
    from rahdari.records import Memory, Question

    answerer, asked, statuses = bootstrap.answerer(store), set(), Counter[str]()
    for entry in entries:
        memory, offered = Memory(), ()
        for turn in entry.turns:
            answer = answerer.answer(Question(turn, memory=memory))
            memory, offered = answer.memory, answer.suggestions
        for text in offered:
            if text not in asked:
                asked.add(text)
                statuses[answerer.answer(Question(text, memory=memory)).status] += 1
    return statuses


if __name__ == "__main__":
    main()
