"""What answering looks up in the store."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from store_fakes import build

from rahdari.answering.corpus import Corpus
from rahdari.records import Document, Entity, Extraction, Mention, Sentence
from rahdari.store import Store

DAM, PORT = Entity("dam", "Halden Dam", "project", ("Halden Dam",)), Entity("port", "Port", "place", ("Port",))
ENERGY = Entity("energy", "Energy", "sector", ("Energy",))
TEXTS = {
    "titled": ("Halden Dam costs more", ["It costs twelve million.", "Energy is dear."]),
    "opened": ("News", ["The Port is open.", "It is deep."]),
    "again": ("News", ["It rains.", "It pours.", "It snows.", "See Halden Dam.", "Go to Halden Dam.", "A Halden Dam."]),
    "once": ("News", ["It rains.", "It pours.", "It snows.", "Energy and Halden Dam are there.", "The Port is, too."]),
}


def corpus(folder: Path) -> Corpus:
    documents, found = [], []
    for id, (title, sentences) in TEXTS.items():
        text, rows, mentions, start = " ".join(sentences), [], [], 0
        for index, sentence in enumerate(sentences):
            rows.append(Sentence(id, index, start, start + len(sentence), sentence))
            for entity in (DAM, PORT, ENERGY):
                at = sentence.find(entity.name)
                if at >= 0:
                    span = (start + at, start + at + len(entity.name))
                    mentions.append(Mention(id, index, *span, entity.name, entity.type, entity.id))
            start += len(sentence) + 1
        documents.append(Document(id, text, title))
        found.append(Extraction(tuple(rows), (DAM, PORT, ENERGY), tuple(mentions), ()))
    vectors = [np.ones((len(one.sentences), 384), np.float32) for one in found]
    url = f"sqlite:///{folder}/store.sqlite"
    build(url, documents, found, vectors, {"inputs": "v"})
    return Corpus(Store.open(url))


def test_a_document_is_about_what_its_title_or_opening_names_and_what_it_names_again_and_again(tmp_path: Path) -> None:
    here = corpus(tmp_path)
    about = {("dam", "titled"), ("port", "opened"), ("dam", "again")}
    pairs = {(entity, document) for entity in ("dam", "port", "energy") for document in TEXTS}
    assert {pair for pair in pairs if here.about(*pair)} == about
    assert {(entity, document) for document in TEXTS for entity in here.document_entities(document)} == about
    ahead = corpus(tmp_path)
    ahead.read_ahead(list(TEXTS), ["dam", "port", "energy"])
    assert {pair for pair in pairs if ahead.about(*pair)} == about


def test_where_a_document_first_names_a_thing(tmp_path: Path) -> None:
    here = corpus(tmp_path)
    assert [here.first_named("dam", document) for document in TEXTS] == [-1, -1, 3, 3]
    assert here.first_named("energy", "titled") == 1
